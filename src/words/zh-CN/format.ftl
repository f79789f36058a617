# 各处共用的小件。
format-weekday-1 = 周一
format-weekday-2 = 周二
format-weekday-3 = 周三
format-weekday-4 = 周四
format-weekday-5 = 周五
format-weekday-6 = 周六
format-weekday-7 = 周日
format-list-separator = 、

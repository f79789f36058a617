# Kinds of unit that many rosters have; any other stands as the roster writes it.
kind-village = 村
kind-community = 社区
kind-town = 乡镇
kind-township = 乡
kind-street = 街道
kind-county = 区县
kind-city = 市
kind-area = 地区
kind-office = 部门
kind-centre = 中心
kind-school = 学校
kind-hospital = 医院
kind-enterprise = 企业
kind-resident = 驻地单位

# Kinds of unit that many rosters have; any other stands as the roster writes it.
kind-village = village
kind-community = community
kind-town = town
kind-township = township
kind-street = street
kind-county = county
kind-city = city
kind-area = area
kind-office = office
kind-centre = centre
kind-school = school
kind-hospital = hospital
kind-enterprise = enterprise
kind-resident = resident

"""Why this file: for each rule of docs/quality/quality.toml one record that must fail it and one that must pass, by hand.

SOUND is a whole record in which nothing is wrong. Each case changes some of its fields: FAILS says which rules the
changed record hits and where (rule, field, position, value, expected), worked out from the rule's own text; PASSES is the
nearest record that does not hit the rule. Dates: 2026-03-10 to 2026-03-18 are 8 days; born 1960-03-15, the patient is
65 on 2026-03-10 and 66 on 2026-03-15. Codes known: see CODES; grey: A36.800 and 00.0100.
"""
SOUND = {
    "encounter": "", "record_number": "B1", "department": "0301", "coder": "c1", "attending": "d1", "director": "d2",
    "nurse": "n1", "hospital_code": "H1", "admission_count": "1", "payer": "employee", "insured_number": "N1",
    "sex": "male", "birth_date": "1960-03-15", "age_years": "65", "age_days": "", "birth_weight_g": "",
    "admission_weight_g": "", "country": "中国", "nation": "汉族", "marital_status": "已婚", "occupation": "职员",
    "id_type": "1", "admission_way": "急诊", "admitted_on": "2026-03-10", "discharged_on": "2026-03-18", "days": "8",
    "admission_department": "0301", "discharge_department": "0301", "discharge_way": "home", "receiving_hospital": "",
    "readmission_planned": "no", "readmission_purpose": "", "autopsy": "", "record_quality": "A",
    "quality_checked_on": "2026-03-25", "clinic_diagnosis": "K35.900", "main_diagnosis": "K35.800",
    "other_diagnoses": "I10.x00;E11.900", "admission_conditions": "present;present;unknown", "external_cause": "",
    "pathology_code": "", "pathology_number": "", "allergy": "no", "allergy_drug": "", "blood_type": "A", "rh": "+",
    "transfusion_ml": "", "transfusion_reaction": "", "procedures": "47.0100;54.5100",
    "procedure_dates": "2026-03-10;2026-03-11", "procedure_operators": "d1;d1", "procedure_levels": "2;3",
    "anaesthesia_ways": "全麻;全麻", "anaesthetists": "a1;a1", "incision_healings": "II/甲;II/甲",
    "coma_before_minutes": "0", "coma_after_minutes": "0", "ventilator_hours": "0", "icu_days": "0",
    "special_nursing_days": "0", "first_nursing_days": "1", "second_nursing_days": "7", "third_nursing_days": "0",
    "total_charge": "12000.00", "self_paid": "3000.00", "charge_parts": "5000.00;4000.00;3000.00",
    "surgery_charge": "3000.00", "anaesthesia_charge": "800.00", "blood_charge": "", "pathology_charge": "",
    "nursing_charge": "200.00", "bed_charge": "400.00", "drug_charge": "4000.00", "antibiotic_charge": "1000.00",
    "detail_charge": "12000.00", "list_charge": "12000.00", "list_parts": "7000.00;5000.00", "fund_paid": "9000.00",
    "account_paid": "1000.00", "cash_paid": "2000.00", "settled_from": "2026-03-18", "settled_to": "2026-03-18",
    "bill_code": "P1", "bill_number": "1", "list_number": "L1", "treatment_type": "1", "insurance_kind": "310",
    "insured_area": "410400", "diagnosis_count": "3", "procedure_count": "2", "list_department": "医保办",
    "list_filled_by": "f1", "newborn_admission_type": ""}
CODES = {
    "diagnoses": "A36.800 B91.x00 B95.100 C16.900 D17.600 E11.900 F52.400 H25.000 I10.x00 I21.000 I25.200 I46.100 I50.900x007 "
                 "I50.900x014 I50.900x006 K35.800 K35.900 K62.300 N40.x00 N83.200 O26.900 O80.000 O00.100 P00.800 P02.700 "
                 "P10.000 P59.900 R10.400 R65.200 R65.000 S72.000 T31.100 U82.000 W19.x00 Y83.900 Z37.000 Z53.000 Z96.600 "
                 "Z79.000 M16.900 I63.900 I69.300 Z33.x00 Q53.900 R50.900 O99.800 C61.x00",
    "procedures": "00.0100 01.2400 13.4100 17.8100 36.0600 39.6100 39.6500 47.0100 47.0900 54.5100 60.2900 65.2900 73.5900 "
                  "79.3500 86.9900 74.1x00 99.9900 88.7200",
    "grey_diagnoses": "A36.800", "grey_procedures": "00.0100"}


def main(code, **more):
    return {"main_diagnosis": code, **more}


def alone(code, procedures=""):
    """One diagnosis and no procedure, so that companions and counts fit."""
    out = {"main_diagnosis": code, "other_diagnoses": "", "admission_conditions": "present", "diagnosis_count": "1"}
    if procedures is not None:
        out.update(procedures="", procedure_dates="", procedure_operators="", procedure_levels="", anaesthesia_ways="",
                   anaesthetists="", procedure_count="0", surgery_charge="")
    return out


def operated(diagnosis, procedure):
    """One diagnosis and one procedure."""
    return {"main_diagnosis": diagnosis, "other_diagnoses": "", "admission_conditions": "present", "diagnosis_count": "1",
            "procedures": procedure, "procedure_dates": "2026-03-11", "procedure_operators": "d1",
            "procedure_levels": "2", "anaesthesia_ways": "", "anaesthetists": "", "procedure_count": "1"}


WOMAN = {"sex": "female"}
# Born 2026-03-08, two days old on admission.
NEWBORN = {"birth_date": "2026-03-08", "age_years": "0", "age_days": "2", "birth_weight_g": "3200",
           "admission_weight_g": "3150", "newborn_admission_type": "1"}
OLD_MOTHER = {**WOMAN, "birth_date": "1960-03-15", "age_years": "65"}
MOTHER = {**WOMAN, "birth_date": "1996-03-15", "age_years": "29"}
DIED = {"discharge_way": "died", "autopsy": "no"}
BLANK = {f: "" for f in ("list_number",)}


def blanks(rule, *fields):
    return [(rule, field, 0, "", "") for field in fields]


# rule: (changes, hits of the changed record, changes of a record that passes the rule)
CASES = {
    "C01": ({"department": "", "discharge_department": ""}, blanks("C01", "department", "discharge_department"),
            {"department": "0302"}),
    "C02": ({"sex": ""}, blanks("C02", "sex"), {"sex": "unknown"}),
    "C03": ({"age_years": ""}, blanks("C03", "age_years"), {}),
    "C04": ({"admitted_on": ""}, blanks("C04", "admitted_on"), {"admitted_on": "2026-03-10 08:30:00"}),
    "C05": ({"discharge_way": ""}, blanks("C05", "discharge_way"), {"discharge_way": "other"}),
    "C06": ({"payer": ""}, blanks("C06", "payer"), {"payer": "self"}),
    "C07": ({"director": ""}, blanks("C07", "director"), {"director": "d9"}),
    "C08": ({"coder": ""}, blanks("C08", "coder"), {"coder": "c9"}),
    "C09": ({"admission_way": ""}, blanks("C09", "admission_way"), {"admission_way": "门诊"}),
    "C10": ({"clinic_diagnosis": ""}, blanks("C10", "clinic_diagnosis"), {"clinic_diagnosis": "R10.400"}),
    "C11": ({"record_number": ""}, blanks("C11", "record_number"), {"record_number": "B2"}),
    "C12": ({"nation": "", "occupation": ""}, blanks("C12", "occupation", "nation"), {"nation": "回族"}),
    "C13": ({"allergy": ""}, blanks("C13", "allergy"), {"allergy": "yes"}),
    "C14": ({"transfusion_ml": "400", "rh": ""}, blanks("C14", "rh"), {"transfusion_ml": "0", "rh": ""}),
    "C15": ({"total_charge": ""}, blanks("C15", "total_charge"), {}),
    # An age that can't be read is no age: only its form is wrong.
    "C16": ({"age_years": "65岁", "days": "8.0"}, [("C16", "age_years", 0, "65岁", ""), ("C16", "days", 0, "8.0", "")],
            {"birth_date": "19600315"}),
    "C17": ({"other_diagnoses": "I10.x00;e11", "procedures": "47.0100;54,51"},
            [("C17", "diagnoses", 3, "e11", ""), ("C17", "procedures", 2, "54,51", "")],
            {"other_diagnoses": "I10.x00;R10.400"}),
    "C18": ({"procedure_dates": "2026-03-10;2026-02-30", "charge_parts": "5000.00;7,000.00"},
            [("C18", "procedure_dates", 2, "2026-02-30", ""), ("C18", "charge_parts", 2, "7,000.00", "")],
            {"procedure_dates": "2026/03/10;20260311"}),
    "C19": ({"sex": "1"}, [("C19", "sex", 0, "1", "")], {"sex": "unknown"}),
    "C20": ({"discharge_way": "1"}, [("C20", "discharge_way", 0, "1", "")], {"discharge_way": "against_advice"}),
    "C21": ({"admission_conditions": "present;1;unknown"}, [("C21", "admission_conditions", 2, "1", "")],
            {"admission_conditions": "present;absent;undetermined"}),
    "C22": ({"procedure_levels": "2;5"}, [("C22", "procedure_levels", 2, "5", "")], {"procedure_levels": "4;1"}),
    # Discharged before the admission: the days are not judged then, the procedures are outside.
    "T01": ({"discharged_on": "2026-03-09"},
            [("T01", "admitted_on", 0, "2026-03-10", "2026-03-09"),
             ("T08", "procedure_dates", 1, "2026-03-10", "2026-03-10 – 2026-03-09"),
             ("T08", "procedure_dates", 2, "2026-03-11", "2026-03-10 – 2026-03-09")],
            {"discharged_on": "2026-03-10", "days": "1", "procedure_dates": "2026-03-10;2026-03-10",
             "second_nursing_days": "0"}),
    "T02": ({"birth_date": "2026-03-11"}, [("T02", "birth_date", 0, "2026-03-11", "2026-03-10")],
            {"birth_date": "2026-03-10", "age_years": "0"}),
    "T03": ({"days": "9"}, [("T03", "days", 0, "9", "8")], {}),
    "T04": ({"age_years": "66"}, [("T04", "age_years", 0, "66", "65")], {"birth_date": "1960-03-10", "age_years": "66"}),
    "T05": ({**NEWBORN, "age_days": "3"}, [("T05", "age_days", 0, "3", "2")], NEWBORN),
    "T06": ({"birth_date": "1901-03-09", "age_years": "125"}, [("T06", "age_years", 0, "125", "")],
            {"birth_date": "1902-03-09", "age_years": "124"}),
    # 2026-03-10 to 2026-05-10 are 61 days (21 + 30 + 10).
    "T07": ({"discharged_on": "2026-05-10", "days": "61", "quality_checked_on": "2026-05-11"},
            [("T07", "days", 0, "61", "")], {"discharged_on": "2026-05-09", "days": "60", "quality_checked_on": "2026-05-09"}),
    "T08": ({"procedure_dates": "2026-03-09;2026-03-18"},
            [("T08", "procedure_dates", 1, "2026-03-09", "2026-03-10 – 2026-03-18")],
            {"procedure_dates": "2026-03-10;2026-03-18"}),
    "T09": ({"quality_checked_on": "2026-03-17"}, [("T09", "discharged_on", 0, "2026-03-18", "2026-03-17")],
            {"quality_checked_on": "2026-03-18"}),
    "T10": ({"icu_days": "9"}, [("T10", "icu_days", 0, "9", "8")], {"icu_days": "8"}),
    "T11": ({"first_nursing_days": "2"}, [("T11", "special_nursing_days", 0, "9", "8")], {"second_nursing_days": "6"}),
    "N01": ({**NEWBORN, "birth_weight_g": ""}, blanks("N01", "birth_weight_g"), NEWBORN),
    "N02": ({**NEWBORN, "admission_weight_g": ""}, blanks("N02", "admission_weight_g"), NEWBORN),
    "N03": ({**NEWBORN, "birth_weight_g": "32"}, [("N03", "birth_weight_g", 0, "32", "")],
            {**NEWBORN, "birth_weight_g": "100", "admission_weight_g": "9999"}),
    "N04": ({"birth_weight_g": "3200"}, [("N04", "birth_weight_g", 0, "3200", "")], NEWBORN),
    "N05": ({"other_diagnoses": "P10.000;E11.900"}, [("N05", "diagnoses", 2, "P10.000", "")],
            {**NEWBORN, "other_diagnoses": "P10.000;E11.900"}),
    "N06": (alone("P59.900"), [("N06", "main_diagnosis", 1, "P59.900", "")], {**NEWBORN, **alone("P59.900")}),
    # Born 2016-03-11: nine on 2026-03-10.
    "N07": ({**WOMAN, "birth_date": "2016-03-11", "age_years": "9", "other_diagnoses": "O99.800;E11.900"},
            [("N07", "diagnoses", 2, "O99.800", "")], {**MOTHER, "other_diagnoses": "O99.800;E11.900"}),
    "N08": ({**OLD_MOTHER, "other_diagnoses": "O99.800;E11.900"}, [("N08", "diagnoses", 2, "O99.800", "")],
            {**WOMAN, "birth_date": "1966-03-11", "age_years": "59", "other_diagnoses": "O99.800;E11.900"}),
    "D01": (main("K35.801"), [("D01", "main_diagnosis", 1, "K35.801", "")], main("K35.900")),
    "D02": ({"other_diagnoses": "I10.x00;E11.901"}, [("D02", "other_diagnoses", 2, "E11.901", "")], {}),
    "D03": (alone("A36.800"), [("D03", "main_diagnosis", 1, "A36.800", "")], alone("H25.000")),
    "D04": (alone("M8070/3"), [("D04", "main_diagnosis", 1, "M8070/3", "")], alone("M16.900")),
    # A list may hold no W code either.
    "D05": ({**alone("W19.x00"), **BLANK}, [("D05", "main_diagnosis", 1, "W19.x00", "")], {**alone("S72.000"),
                                                                                         "external_cause": "W19.x00"}),
    "D06": (alone("B95.100"), [("D06", "main_diagnosis", 1, "B95.100", "")], alone("I63.900")),
    "D07": (alone("R65.200"), [("D07", "main_diagnosis", 1, "R65.200", "")], alone("R50.900")),
    "D08": (alone("U82.000"), [("D08", "main_diagnosis", 1, "U82.000", "")], alone("I63.900")),
    "D09": ({**MOTHER, **alone("O26.900")}, [("D09", "main_diagnosis", 1, "O26.900", "")],
            {**MOTHER, **alone("O99.800")}),
    "D10": (alone("Z96.600"), [("D10", "main_diagnosis", 1, "Z96.600", "")], alone("Z79.000")),
    "D11": ({**NEWBORN, **alone("P02.700")}, [("D11", "main_diagnosis", 1, "P02.700", "")],
            {**NEWBORN, **alone("P00.800")}),
    "D12": ({**alone("T31.100"), "external_cause": "W19.x00"}, [("D12", "main_diagnosis", 1, "T31.100", "")],
            {**alone("S72.000"), "external_cause": "W19.x00"}),
    "D13": (alone("I25.200"), [("D13", "main_diagnosis", 1, "I25.200", "")], alone("I21.000")),
    "D14": (alone("I50.900x014"), [("D14", "main_diagnosis", 1, "I50.900x014", "")], alone("I50.900x006")),
    "D15": (alone("Z53.000"), [("D15", "main_diagnosis", 1, "Z53.000", "")], alone("Z79.000")),
    "D16": (alone("I69.300"), [("D16", "main_diagnosis", 1, "I69.300", "")], alone("I63.900")),
    "D17": (alone("R10.400"), [("D17", "main_diagnosis", 1, "R10.400", "")], alone("K35.800")),
    # Without a list number: on a list D19 would be hit as well.
    "D18": ({"other_diagnoses": "W19.x00;E11.900", **BLANK}, [("D18", "other_diagnoses", 1, "W19.x00", "")], {}),
    "D19": ({"other_diagnoses": "I10.x00;Y83.900"},
            [("D18", "other_diagnoses", 2, "Y83.900", ""), ("D19", "diagnoses", 3, "Y83.900", "")],
            {"other_diagnoses": "I10.x00;Y83.900", **BLANK}),
    "D20": ({"other_diagnoses": "I10.x00;K35.800"}, [("D20", "diagnoses", 3, "K35.800", "")], {}),
    "D21": ({**MOTHER, **alone("O80.000")}, blanks("D21", "diagnoses"),
            {**MOTHER, **alone("O80.000"), "other_diagnoses": "Z37.000", "admission_conditions": "present;present",
             "diagnosis_count": "2"}),
    "D22": ({"admission_conditions": "present;;unknown"}, [("D22", "admission_conditions", 2, "", "I10.x00")], {}),
    "D23": ({**alone("K35.800"), "admission_conditions": "absent"}, [("D23", "admission_conditions", 1, "absent", "")],
            alone("K35.800")),
    "S01": ({**WOMAN, "other_diagnoses": "N40.x00;E11.900"}, [("S01", "diagnoses", 2, "N40.x00", "")],
            {"other_diagnoses": "N40.x00;E11.900"}),
    "S02": ({**WOMAN, "other_diagnoses": "K62.300;E11.900"}, [("S02", "diagnoses", 2, "K62.300", "")],
            {"other_diagnoses": "K62.300;E11.900"}),
    "S03": ({"other_diagnoses": "O99.800;E11.900", "birth_date": "1980-03-10", "age_years": "46"},
            [("S03", "diagnoses", 2, "O99.800", "")],
            {**WOMAN, "other_diagnoses": "O99.800;E11.900", "birth_date": "1980-03-10", "age_years": "46"}),
    "S04": ({"procedures": "47.0100;65.2900"}, [("S04", "procedures", 2, "65.2900", "")],
            {**WOMAN, "procedures": "47.0100;65.2900"}),
    "S05": ({**WOMAN, "procedures": "47.0100;60.2900"}, [("S05", "procedures", 2, "60.2900", "")],
            {"procedures": "47.0100;60.2900"}),
    "E01": (alone("S72.000"), blanks("E01", "external_cause"), {**alone("S72.000"), "external_cause": "W19.x00"}),
    "E02": ({**alone("S72.000"), "external_cause": "W19.x00;S72.000"}, [("E02", "external_cause", 2, "S72.000", "")],
            {**alone("S72.000"), "external_cause": "Y83.900"}),
    "E03": (operated("C16.900", "54.5100"), blanks("E03", "pathology_code"),
            {**operated("C16.900", "54.5100"), "pathology_code": "M8140/3", "pathology_number": "P9"}),
    "E04": ({"pathology_code": "K35.800", "pathology_number": "P9"}, [("E04", "pathology_code", 1, "K35.800", "")],
            {"pathology_code": "M8140/3", "pathology_number": "P9"}),
    "E05": ({"pathology_code": "M8140/3"}, blanks("E05", "pathology_number"),
            {"pathology_code": "M8140/3", "pathology_number": "P9"}),
    "E06": ({**DIED, "autopsy": ""}, blanks("E06", "autopsy"), DIED),
    "E07": ({**DIED, "readmission_purpose": "化疗"}, [("E07", "readmission_purpose", 0, "化疗", "")],
            {"readmission_purpose": "化疗"}),
    "E08": ({"autopsy": "no"}, [("E08", "autopsy", 0, "no", "")], DIED),
    "E09": ({"discharge_way": "hospital"}, blanks("E09", "receiving_hospital"),
            {"discharge_way": "community", "receiving_hospital": "社区一"}),
    "E10": ({"readmission_planned": "yes"}, blanks("E10", "readmission_purpose"),
            {"readmission_planned": "yes", "readmission_purpose": "化疗"}),
    "E11": (alone("I46.100"), [("E11", "main_diagnosis", 1, "I46.100", "")], {**DIED, **alone("I46.100")}),
    "P01": (operated("K35.800", "47.0101"), [("P01", "main_procedure", 1, "47.0101", "")],
            operated("K35.800", "47.0900")),
    "P02": ({"procedures": "47.0100;54.5101"}, [("P02", "other_procedures", 1, "54.5101", "")], {}),
    "P03": ({**operated("I63.900", "00.0100"), "surgery_charge": ""}, [("P03", "main_procedure", 1, "00.0100", "")],
            {"procedures": "47.0100;00.0100"}),
    "P04": (operated("I21.000", "39.6100"), [("P04", "main_procedure", 1, "39.6100", "")],
            operated("I21.000", "39.6500")),
    "P05": (operated("K35.800", "86.9900"), [("P05", "main_procedure", 1, "86.9900", "")], {}),
    "P06": ({"procedure_dates": "2026-03-10"}, [("P06", "procedure_dates", 2, "", "54.5100")], {}),
    "P07": ({"procedure_operators": ";d1"}, [("P07", "procedure_operators", 1, "", "47.0100")], {}),
    "P08": ({"procedure_levels": ""}, [("P08", "procedure_levels", 1, "", "47.0100"),
                                       ("P08", "procedure_levels", 2, "", "54.5100")], {}),
    "P09": ({"anaesthetists": "a1"}, [("P09", "anaesthetists", 2, "", "全麻")],
            {"anaesthesia_ways": "全麻", "anaesthetists": "a1"}),
    "P10": ({"procedures": "47.0100;47.0100"}, [("P10", "procedures", 2, "47.0100", "")], {}),
    "P11": (operated("K35.800", "01.2400"), [("P11", "main_diagnosis", 1, "K35.800", "")],
            operated("I63.900", "01.2400")),
    "P12": (operated("K35.800", "13.4100"), [("P12", "main_diagnosis", 1, "K35.800", "")],
            operated("H25.000", "13.4100")),
    "P13": (operated("K35.800", "36.0600"), [("P13", "main_diagnosis", 1, "K35.800", "")],
            operated("I21.000", "36.0600")),
    "P14": (operated("I21.000", "47.0100"), [("P14", "main_diagnosis", 1, "I21.000", "")],
            operated("K35.900", "47.0100")),
    "P15": ({**MOTHER, **operated("K35.800", "73.5900")}, [("P15", "main_diagnosis", 1, "K35.800", "")],
            {**MOTHER, **operated("O99.800", "73.5900")}),
    "P16": (operated("I21.000", "79.3500"), [("P16", "main_diagnosis", 1, "I21.000", "")],
            {**operated("S72.000", "79.3500"), "external_cause": "W19.x00"}),
    # 5,000 + 4,000 + 2,999.99 = 11,999.99
    "M01": ({"charge_parts": "5000.00;4000.00;2999.99"}, [("M01", "charge_parts", 0, "11999.99", "12000.00")],
            {"charge_parts": "12000"}),
    "M02": ({"list_parts": "7000.00;5000.01"}, [("M02", "list_parts", 0, "12000.01", "12000.00")],
            {"list_parts": "7000;;5000.0"}),
    "M03": ({"detail_charge": "11990.00"}, [("M03", "list_charge", 0, "12000.00", "11990.00"),
                                            ("M04", "total_charge", 0, "12000.00", "11990.00")],
            {"list_charge": "12000"}),
    "M04": ({"total_charge": "12010.00", "charge_parts": "12010.00"},
            [("M04", "total_charge", 0, "12010.00", "12000.00")], {"total_charge": "12000.0"}),
    "M05": ({"self_paid": "12000.01"}, [("M05", "self_paid", 0, "12000.01", "12000.00")], {"self_paid": "12000.00"}),
    # All amounts nothing, so that only the zero is wrong.
    "M06": ({"total_charge": "0.00", "charge_parts": "0", "detail_charge": "0", "self_paid": "0", "list_charge": "0",
             "list_parts": "0", "fund_paid": "0", "account_paid": "0", "cash_paid": "0"},
            [("M06", "total_charge", 0, "0.00", "")],
            {"total_charge": "1.00", "charge_parts": "1", "detail_charge": "1", "self_paid": "0", "list_charge": "1",
             "list_parts": "1", "fund_paid": "1", "account_paid": "0", "cash_paid": "0"}),
    "M07": ({"antibiotic_charge": "4000.01"}, [("M07", "antibiotic_charge", 0, "4000.01", "4000.00")],
            {"antibiotic_charge": "4000.00"}),
    "M08": ({"surgery_charge": ""}, blanks("M08", "surgery_charge"), alone("K35.800")),
    # 9,000 + 1,000 + 1,999 = 11,999
    "M09": ({"cash_paid": "1999.00"}, [("M09", "fund_paid", 0, "11999.00", "12000.00")],
            {"cash_paid": "3000.00", "account_paid": ""}),
    "L01": ({"insured_area": ""}, blanks("L01", "insured_area"), {"insured_area": "", **BLANK}),
    "L02": ({"bill_number": ""}, blanks("L02", "bill_number"), {"bill_number": "", **BLANK}),
    "L03": ({"list_charge": ""}, blanks("L03", "list_charge"), {"list_charge": "", **BLANK}),
    "L04": ({"list_filled_by": ""}, blanks("L04", "list_filled_by"), {"list_filled_by": "", **BLANK}),
    "L05": ({"settled_to": "2026-03-17"}, [("L05", "settled_from", 0, "2026-03-18", "2026-03-17")],
            {"settled_to": "2026-03-19"}),
    "L06": ({"diagnosis_count": "4"}, [("L06", "diagnosis_count", 0, "4", "3")], alone("K35.800")),
    "L07": ({"procedure_count": "1"}, [("L07", "procedure_count", 0, "1", "2")], alone("K35.800")),
    "L08": ({**NEWBORN, "newborn_admission_type": ""}, blanks("L08", "newborn_admission_type"), NEWBORN),
    "L09": ({"ventilator_hours": "2401"}, [("L09", "ventilator_hours", 0, "2401", "")], {"ventilator_hours": "2400"}),
    "L10": ({"record_quality": "D"}, [("L10", "record_quality", 0, "D", "")], {"record_quality": "C"}),
}

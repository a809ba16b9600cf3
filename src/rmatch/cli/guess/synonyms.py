"""How other systems call rmatch's fields, in English, German, French and Spanish."""

from __future__ import annotations

GIVEN = (
    "first name",
    "first",
    "given name",
    "forename",
    "name given name",
    "vorname",
    "rufname",
    "prénom",
    "nombre",
)
FAMILY = ("last name", "last", "surname", "family name", "name family name", "nachname", "familienname", "zuname", "nom",
          "nom de famille", "apellido", "apellidos")  # fmt: skip
SYNONYMS = {
    "id": ("id", "employee id", "employee number", "emp id", "emp number", "staff id", "staff number", "person id",
           "personnel number", "worker id", "user id", "user name", "payroll number", "participant id", "response id",
           "respondent id", "personal number", "pers number", "pers id", "personal id", "mitarbeiter number", "mitarbeiter id", "kennung",
           "matricule", "identifiant", "numéro employé", "numéro d employé", "numéro de salarié", "número de empleado",
           "número empleado", "id empleado", "identificador", "legajo", "number"),
    "name": ("name", "full name", "employee name", "display name", "name formatted", "preferred name",
             "vollständiger name", "nom complet", "nom et prénom", "nombre completo", "nombre y apellidos",
             "name vorname", "nachname vorname", "vorname name", "vorname nachname", "name first name",
             "last name first name", "surname first name", "first name last name", "first name surname",
             "nom prénom", "prénom nom", "apellidos nombre", "nombre apellidos",
             *GIVEN, *FAMILY),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "work email",
              "emails primary eq true value", "e mail adresse", "mailadresse", "adresse e mail", "adresse mail",
              "courriel", "correo", "correo electrónico"),
    "role": ("role", "programme role", "program role", "mentoring role", "participation", "participant type",
             "takes part as", "mentor or mentee", "rolle", "mentoringrolle", "teilnahme als", "rôle", "rol", "papel"),
    "years": ("years", "years of experience", "years experience", "experience", "experience years", "work experience",
              "work exp", "exp", "years code pro", "years pro", "years in work", "years at work", "years worked",
              "years of service", "years in service", "length of service", "tenure", "berufsjahre", "berufserfahrung",
              "jahre erfahrung", "erfahrung", "dienstjahre", "betriebszugehörigkeit", "jahre", "années d expérience",
              "expérience", "ancienneté", "années", "años de experiencia", "experiencia", "antigüedad",
              "años de servicio", "años"),
    "level": ("level", "grade", "job level", "job grade", "band", "pay band", "career level", "management level",
              "salary grade", "seniority", "rank", "ebene", "stufe", "karrierestufe", "hierarchieebene",
              "entgeltgruppe", "gehaltsgruppe", "besoldungsgruppe", "niveau", "échelon", "niveau hiérarchique",
              "nivel", "categoría", "grado"),
    "manager_id": ("manager id", "line manager id", "manager number", "line manager number", "manager employee id",
                   "manager employee number", "manager value", "supervisor id", "supervisor number", "boss id",
                   "boss number", "mgr id", "mgr number", "manager email",
                   "line manager email", "supervisor email", "manager name", "line manager name", "supervisor name", "vorgesetzten number", "vorgesetzten id",
                   "matricule du manager", "manager", "line manager", "supervisor", "reports to", "boss", "mgr",
                   "vorgesetzter", "vorgesetzte", "vorgesetzte r", "führungskraft", "chef", "chefin", "responsable",
                   "supérieur", "supérieur hiérarchique", "jefe", "jefa", "superior", "reporta a"),
    "department": ("department", "dept", "division", "business unit", "directorate", "org unit", "org", "unit", "function",
                   "team", "abteilung", "bereich", "organisationseinheit", "département", "service", "direction",
                   "unité", "équipe", "departamento", "área", "unidad", "equipo"),
    "site": ("site", "location", "work location", "office", "office location", "workplace", "city",
             "standort", "dienstort", "arbeitsort", "ort", "büro", "stadt", "lieu de travail",
             "lieu", "bureau", "ville", "lugar de trabajo", "centro de trabajo", "sede", "ubicación",
             "oficina", "ciudad"),
    "hours": ("hours", "availability", "available hours", "available times", "working hours", "verfügbarkeit",
              "arbeitszeit", "disponibilité", "disponibilités", "horaires", "disponibilidad", "horario"),
    "time_zone": ("time zone", "timezone", "tz", "zeitzone", "fuseau horaire", "zona horaria", "huso horario"),
    "languages": ("languages", "language", "spoken languages", "languages spoken", "sprachen", "sprache",
                  "sprachkenntnisse", "langues", "langue", "idiomas", "idioma"),
    "meeting_modes": ("meeting modes", "meeting mode", "meeting preference", "meeting format", "how to meet",
                      "treffen", "art der treffen", "mode de rencontre", "format des rencontres", "modalidad"),
    "offers": ("offers", "skills", "skill", "can teach", "teaches", "expertise", "knowledge", "competencies",
               "strengths", "have worked with", "kann", "bietet", "kenntnisse", "fähigkeiten", "kompetenzen",
               "stärken", "wissen", "compétences", "savoir faire", "points forts", "offre", "competencias",
               "habilidades", "conocimientos", "fortalezas", "ofrece"),
    "wants": ("wants", "want to learn", "wants to learn", "want to work with", "learning goals", "learning interests",
              "development needs", "goals", "interests", "interested in", "lernziele", "lernwünsche", "lernbedarf",
              "entwicklungsziele", "interessen", "sucht", "objectifs d apprentissage", "besoins", "intérêts",
              "souhaits", "objetivos de aprendizaje", "intereses", "busca"),
    "lived_topics": ("lived topics", "lived experience", "lived experiences"),
    "mentor_capacity": ("mentor capacity", "max mentees", "number of mentees"),
    "mentee_capacity": ("mentee capacity", "max mentors", "number of mentors"),
    "dimension:": ("age", "age band", "age group", "age range", "generation", "year of birth", "birth year", "gender",
                   "gender identity", "sex", "ethnicity", "ethnic group", "ethnic background", "race", "disability",
                   "disability status", "education", "education level", "ed level", "highest qualification",
                   "sexual orientation", "orientation", "religion", "religion or belief", "faith", "nationality",
                   "veteran status", "caring responsibilities", "social background", "socio economic background",
                   "neurodiversity",
                   "alter", "altersgruppe", "geburtsjahr", "geschlecht", "herkunft", "behinderung", "bildung",
                   "bildungsabschluss", "sexuelle orientierung", "nationalität", "staatsangehörigkeit",
                   "âge", "tranche d âge", "groupe d âge", "année de naissance", "genre", "sexe", "origine",
                   "handicap", "niveau d études", "orientation sexuelle", "nationalité",
                   "edad", "grupo de edad", "rango de edad", "año de nacimiento", "género", "sexo", "etnia",
                   "origen étnico", "discapacidad", "nivel de estudios", "orientación sexual", "religión",
                   "nacionalidad"),
}  # fmt: skip
"""Headers of each field in plain words, the surest first; "number" stands for all its abbreviations."""

ENDINGS = {
    "have worked with": "offers",
    "teach": "offers",
    "lehren": "offers",
    "enseigner": "offers",
    "enseñar": "offers",
    "want to work with": "wants",
    "learn": "wants",
    "wanted": "wants",
    "lernen": "wants",
    "apprendre": "wants",
    "aprender": "wants",
    "grade": "level",
    "gehaltsgruppe": "level",
    "entgeltgruppe": "level",
}
"""What headers of some fields end in."""

DOUBTFUL = {
    "skills": "offers",
    "kenntnisse": "offers",
    "cost center": "department",
    "cost centre": "department",
    "kostenstelle": "department",
    "level": "level",
    "country": "site",
    "region": "site",
    "state": "site",
    "land": "site",
    "pays": "site",
    "país": "site",
    "partners": "mentor_capacity",
    "worker": "name",
    "mitarbeiter": "name",
    "mitarbeiterin": "name",
    "employee": "name",
}
"""The same where the heading may mean something else: skills are held or missed."""

MARKERS = {
    "-", "--", "–", "?", "n.a.", "#n/a", "null", "nan", "nil", "tbd", "not known", "not stated", "not disclosed",
    "not specified", "no answer", "prefer not to answer", "rather not say", "declined to answer",
    "k. a.", "k.a.", "k.\xa0a.", "keine angabe", "keine angaben", "unbekannt", "nicht bekannt",
    "möchte ich nicht sagen", "möchte ich nicht angeben",
    "n.c.", "nc", "inconnu", "non renseigné", "non communiqué", "ne souhaite pas répondre", "préfère ne pas répondre",
    "n/d", "ns/nc", "desconocido", "no consta", "sin datos", "prefiero no decirlo", "prefiero no responder",
}  # fmt: skip
"""Cells that mean "not known" in other systems."""

GRADES = (
    {"trainee", "intern", "apprentice", "graduate", "student", "azubi", "auszubildende", "praktikant", "praktikantin",
     "stagiaire", "becario", "becaria"},
    {"assistant", "junior", "associate", "entry", "assistenz"},
    {"analyst", "professional", "officer", "specialist", "consultant", "intermediate", "mid", "fachkraft",
     "sachbearbeitung", "spezialist", "spezialistin", "analyste", "analista", "especialista"},
    {"senior"},
    {"lead", "principal", "expert", "gruppenleitung", "teamleitung"},
    {"manager", "supervisor", "gerente"},
    {"head", "abteilungsleitung"},
    {"director", "bereichsleitung", "direktor", "direktorin", "directeur", "directrice", "directora"},
    {"vp", "vice"},
    {"executive", "partner", "president", "chief", "ceo", "cfo", "cto", "board", "owner", "vorstand",
     "geschäftsführung", "geschäftsführer", "geschäftsführerin"},
)  # fmt: skip
"""Words in the names of grades, the most junior first."""
HIGHER = {"senior", "chief", "managing"}
LOWER = {"junior", "associate", "assistant", "deputy"}

AGES = ("age", "alter", "âge", "tranche d", "groupe d", "edad", "grupo de edad", "rango de edad")
"""What questions about age begin with."""
BELOW = ("less", "under", "below", "up to", "<", "unter", "weniger", "bis zu", "moins", "menos")
"""What says that years are fewer than a number."""

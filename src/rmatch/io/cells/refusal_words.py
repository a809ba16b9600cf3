"""How people decline to answer in the languages that forms use: patterns of texts in lower case without marks on letters."""

from __future__ import annotations

# é is e, å is a, ö is o; ø, æ, ł, đ and ß (as ss) stay.
_ENGLISH = r"""
    (i('d|\ would|\ do)?\ )?((strongly|would)\ )?(prefer|choose|chose|opt|opted|elect|wish|decide|decided)\ (not\ to|to\ not)\ {say}
    |(i('d|\ would)?\ )?(prefer|rather)\ not(\ {say})?
    |(i\ )?would\ rather\ not(\ to)?(\ {say})?|rather\ not\ to\ {say}
    |((i\ am|i'm)\ )?(not\ (willing|comfortable)|unwilling|uncomfortable)\ (to\ {say}|(sharing|answering|disclosing)(\ this)?)
    |(i\ )?(do|did|would)(\ not|n't|nt)\ (wish|want|care|like)\ to\ {say}
    |(i\ )?(decline|declined|declines|refuse|refused|refuses)(\ to\ {say})?
    |(information\ |answer\ )?not\ (disclosed|stated|specified|declared|answered|provided|given|reported)
    |(information\ |answer\ )?(undisclosed|undeclared|unanswered|unspecified|withheld)
    |no\ (answer|response|reply|comment)(\ (given|provided))?
    |skipped|skip(\ this\ question)?|no,?\ (thanks|thank\ you)|pnts|p\.n\.t\.s
"""
_SAY = r"""
    (say|answer|disclose|state|respond|specify|share|tell|identify|self[-\ ]?identify|self[-\ ]?disclose
    |(self[-\ ]?)?describe|(self[-\ ]?)?declare|provide|reveal|give|reply|indicate|comment|report)
    (\ (it|this|that|so|myself|to\ this|here|publicly|at\ this\ time|an?\ (answer|response)|any\ (answer|information)
    |(to\ )?(this|the)\ (question|information|answer)|this\ personal\ information
    |my\ (age(\ group)?|gender(\ identity)?|sex|race|ethnicity|ethnic\ (group|background|origin)|origin|religion
    |(sexual\ )?orientation|identity|pronouns|disability(\ status)?|status|background|answer|information|details)))?
"""
_GERMAN = r"""
    keine?\ (angaben?|antwort|auskunft)(\ gemacht)?|k\.\ ?a\.?|ohne\ angabe|nicht\ (beantwortet|angegeben)
    |((das|dies|dazu|hierzu)\ )?(ich\ )?(mochte|moechte|will|mag)(\ ich)?
     (\ (das|dies|es|dazu|hierzu|darauf|mich|diese\ frage|lieber|nicht|dazu\ nicht|keine\ (angaben?|antwort)))+
     (\ (beantworten|angeben|sagen|antworten|mitteilen|machen|preisgeben|geben|offenlegen|nennen|aussern|auessern))?
    |(ich\ )?(mochte|will)\ mich\ (dazu\ |hierzu\ )?nicht\ (dazu\ |hierzu\ )?(aussern|auessern|aeussern)
    |(ich\ )?(lieber|moglichst)\ (nicht|keine\ angaben?)(\ (sagen|angeben|beantworten|antworten))?
    |(ich\ )?(ziehe\ es\ vor|bevorzuge(\ es)?),?\ (es\ |das\ |dies\ )?nicht\ (zu\ (sagen|antworten|beantworten)|anzugeben)
    |(ich\ )?(bevorzuge|verweigere)\ (keine|die)\ (angabe|antwort|aussage)|(antwort\ |angabe\ )?verweigert
"""
_FRENCH = r"""
    (je\ )?(prefere|prefererais|choisis\ de|souhaite|desire)\ (ne\ )?pas\ {dire}
    |(je\ )?ne\ (souhaite|veux|desire|prefere|voudrais|souhaiterais|veut)\ pas\ {dire}
    |ne\ (se\ prononce|repond)\ pas|nsp|non[-\ ]reponse|(sans|pas\ de|aucune)\ reponse|refus(e)?(\ de\ repondre)?|je\ refuse(\ de\ repondre)?
    |non\ (communique|precise|renseigne|declare|divulgue|specifie|indique)e?s?
"""
_DIRE = r"""
    (le\ |y\ |me\ |m'|l'|se\ )?(dire|repondre|preciser|divulguer|indiquer|communiquer|declarer|prononcer|identifier
    |partager|renseigner|specifier|reveler)(\ (a\ )?(cette|la)\ (question|information))?
"""
_SPANISH = r"""
    (yo\ )?(prefiero|preferiria|prefiere|elijo|opto\ por)\ no(\ {decir})?
    |no\ (deseo|quiero|quisiera|desea|quiere|prefiero)\ {decir}
    |(sin|ninguna)\ respuesta|sin\ (contestar|especificar|declarar)|ns\ ?/\ ?nc|se\ niega\ a\ responder|rehusa(\ responder)?
    |no\ (contesta|responde|contesto|respondo|especificad[oa]|declarad[oa]|informad[oa]|indicad[oa]|revelad[oa])
    |me\ reservo\ la\ respuesta|prefiero\ (reservarme\ la\ respuesta|reservarmelo)|no\ (declara|informa)
"""
_DECIR = r"""
    (decir|responder|contestar|indicar|especificar|revelar|compartir|declarar|informar|divulgar|identificarme|mencionar)
    (lo|la)?(\ (a\ )?(esta|la)\ (pregunta|informacion))?
"""
_ITALIAN = r"""
    (io\ )?(preferisco|preferirei|scelgo\ di|preferisce)\ non(\ {dirlo})?
    |non\ (desidero|voglio|vorrei|intendo|desidera|vuole)\ {dirlo}
    |(nessuna|senza)\ risposta|(mi\ )?rifiuto(\ di\ rispondere)?|mi\ astengo
    |non\ (dichiarat[oa]|specificat[oa]|indicat[oa]|risponde|rispondo|fornit[oa]|divulgat[oa])
"""
_DIRLO = r"""
    (dire|dirlo|rispondere|specificar(e|lo)|indicar(e|lo)|dichiarar(e|lo)|rivelar(e|lo)|divulgar(e|lo)|comunicar(e|lo)
    |condivider(e|lo)|precisar(e|lo))(\ (a\ )?(questa|la)\ (domanda|informazione))?
"""
_DUTCH = r"""
    (ik\ )?(zeg|vertel|deel|beantwoord|geef)(\ (ik|het|dit|dat|deze\ vraag|hier))*\ liever\ (niet|geen\ antwoord)(\ (aan|op))?
    |((dit|dat)\ )?(zeg|vertel|deel|beantwoord|geef)\ ik\ (liever\ )?niet(\ aan)?|liever\ geen\ antwoord
    |((dit|dat|het)\ )?(ik\ )?(wil|wens)(\ (ik|dit|dat|het|hier|hierop|deze\ vraag|er|liever|niet|geen\ antwoord))+
     (\ (te\ |op\ )?(zeggen|beantwoorden|delen|vermelden|antwoorden|geven|aangeven|vertellen))?
    |liever\ niet(\ (zeggen|beantwoorden|vermelden|delen|antwoorden|invullen|vertellen))?
    |(ik\ )?(verkies|geef\ er\ de\ voorkeur\ aan)(\ (het|dit|dat))?\ niet\ te\ (zeggen|antwoorden|beantwoorden|vermelden|delen)
    |geen\ (antwoord|opgave|reactie)(\ gegeven)?|niet\ (opgegeven|vermeld|beantwoord|ingevuld|bekendgemaakt)|geweigerd
"""
_PORTUGUESE = r"""
    (eu\ )?(prefiro|preferiria|prefere|escolho|opto\ por|gostaria\ de)\ nao(\ {dizer})?
    |nao\ (desejo|quero|pretendo|gostaria\ de|deseja|quer|prefiro)\ {dizer}
    |(sem|nenhuma)\ resposta|ns\ ?/\ ?nr|(recuso(-me)?|recusa|recusou)(\ a)?(\ responder)?
    |nao\ (respondeu|responde|respondo|informad[oa]|declarad[oa]|especificad[oa]|indicad[oa]|revelad[oa])
"""
_DIZER = r"""
    (me\ )?(dizer|responder|informar|declarar|revelar|especificar|divulgar|indicar|compartilhar|partilhar|identificar
    |mencionar|comentar)(-l[oa])?(\ (a\ )?(esta|essa|a)\ (pergunta|informacao))?
"""
_NORDIC = r"""
    (jag\ |jeg\ )?(vill|vil|onskar|onsker|ønsker|foredrar|foretrækker|foretrekker|valjer|velger|vælger)
     (\ (helst|hellre|hellere|heller|inte|ikke|ej|att|at|a))+
     \ (svara|svare|uppge|oppgi|oplyse|opplyse|saga|si|sige|ange|angi|angive|beratta|fortælle|fortelle|dela|dele|besvara|besvare)
     (\ (det|detta|dette|(pa\ )?(detta|dette|fragan|sporsmalet|spørsmalet|spørgsmalet|(den|det)\ (har|her)\ \w+)))?
    |(det\ )?(ønsker|vil)\ jeg\ (helst\ )?ikke\ ((at|a)\ )?(svare|oplyse|opplyse|oppgi|sige|si|angi|angive)
    |(jag\ |jeg\ )?(avstar|afstar|avbojer|avviser)(\ (fran\ )?(att|at|fra\ at|fra\ a)\ (svara|svare))?
    |(inget|intet|ingen|ej|ikke)\ svar|(ej|inte)\ (uppgett|uppgivit|angivet|angett|uppgivet|besvarad|besvarat|svarat)|hellre\ inte|helst\ ikke
    |ikke\ (oplyst|angivet|besvaret|oppgitt|besvart|svart)|uoplyst|uoppgitt|ubesvart|nægter(\ at\ svare)?
"""
_POLISH = r"""
    (wole|wolałbym|wolałabym|wolałbym/wolałabym|wolałbym/-abym)\ (tego\ )?nie\ {podac}
    |nie\ (chce|chciałbym|chciałabym|zycze\ sobie|zamierzam)\ (tego\ )?{podac}
    |odmawiam(\ (udzielenia\ )?odpowiedzi|\ podania)?|odmowa(\ odpowiedzi)?|(brak|bez)\ odpowiedzi
    |nie\ (podano|podaje|odpowiadam|ujawniono|ujawniam|udzielono\ odpowiedzi)
"""
_PODAC = r"""
    (mowic|powiedziec|odpowiadac|odpowiedziec|podawac|podac|ujawniac|ujawnic|okreslac|okreslic|zdradzac|wskazywac
    |deklarowac|udzielac\ odpowiedzi)(\ na\ to\ pytanie)?
"""
_CZECH = r"""
    (radeji|radsej|radse)\ (ne|nechci\ )(odpovidat|odpovedet|rici|rict|uvadet|uvest|sdelit|odpovedat|uviest|povedat|sdelovat)
    |(neodpovidat|neuvadet|nechci\ (to\ )?{odpovedet}|neprajem\ si\ {odpovedet}|nepreji\ si\ (to\ )?{odpovedet}|nechcem\ {odpovedet})
    |preferuji\ ne(odpovidat|uvadet|rici)|(bez\ odpovedi|neuveden[oeay]|neodpovedel[ao]?|odmitam(\ {odpovedet})?|odmietam(\ {odpovedet})?)
"""
_ODPOVEDET = r"(odpovedet|odpovidat|odpovedat|uvest|uvadet|uviest|uvadzat|rici|rict|povedat|sdelit|sdelovat|zverejnit)"
_FINNISH = r"""
    en\ (halua|tahdo)\ ({vastata}|{vastata}\ (siihen|tahan|tahan\ kysymykseen))|mieluummin\ en\ (vastaa|kerro|sano|ilmoita)
    |en\ (vastaa|kerro|halua\ sanoa|ilmoita|osaa\ tai\ halua\ sanoa)(\ mieluummin)?|ei\ (vastausta|vastannut|vastattu|ilmoitettu|halua\ {vastata})
"""
_VASTATA = r"(vastata|kertoa|sanoa|ilmoittaa|paljastaa|maaritella)"
_TURKISH = r"""
    ((bu\ soruya\ )?(cevap|yanit|yanıt)\ (vermek|vermemek|vermemeyi)|(bu\ soruyu\ )?(cevaplamak|cevaplamamayı|yanıtlamak|yanıtlamamayı)
    |belirtmek|belirtmemeyi|soylemek|soylememeyi|paylasmak|paylasmamayı|acıklamak|acıklamamayı)\ (istemiyorum|istemiyor|istemem|tercih\ ederim|tercih\ ediyorum)
    |(cevap|yanıt)\ yok|belirtilmemis|belirtilmedi|cevapsız|yanıtsız
"""
_HUNGARIAN = r"""
    nem\ (kivanok|kivanom|szeretnek|szeretnem|akarok|akarom|ohajtok|ohajtom)\ ({valaszolni}|(a\ kerdesre\ )?{valaszolni}|erre\ {valaszolni})
    |inkabb\ nem\ (valaszolok|mondom(\ meg)?|adom\ meg|arulom\ el|valaszolnek|mondanam)|nincs\ valasz|nem\ valaszolt?|nem\ valaszolok
    |megtagadom(\ a\ valaszt)?|(valasz\ )?megtagadva
"""
_VALASZOLNI = r"(valaszolni|megadni|megmondani|elarulni|nyilatkozni|kozolni|megosztani)"
_ROMANIAN = r"""
    (eu\ )?(prefer|as\ prefera)\ sa\ nu\ {raspund}|nu\ (doresc|vreau)\ sa\ {raspund}|(fara|niciun)\ raspuns|nu\ raspund
    |refuz(\ sa\ raspund)?|nu\ (declar|a\ raspuns|s-a\ raspuns|este\ specificat)
"""
_RASPUND = r"(raspund|spun|declar|precizez|dezvalui|mentionez|divulg|indic|specific)(\ (la\ aceasta\ intrebare|acest\ lucru))?"
_WELSH = r"""
    ((mae'n\ )?(well|gwell)\ (gen\ i|gennyf(\ fi)?|da\ fi)|dewis|rwy'n\ dewis)\ (beidio|peidio)(\ (a|ag))?\ (dweud|d?dweud|ateb|datgelu|rhannu|nodi)
    |dim\ (ateb|ymateb)
"""
_CROATIAN = r"""
    (radije\ (bih\ )?|preferiram\ |zelim\ )?ne\ (bih\ )?(zelim\ |zelio\ |zeljela\ )?(odgovoriti|odgovorio|odgovorila|odgovarati|reci|rekao|rekla|navesti|izjasniti\ se|otkriti)
    |ne\ zelim\ (se\ )?(odgovoriti|odgovarati|reci|navesti|izjasniti|otkriti)|bez\ odgovora|odbijam(\ odgovoriti)?
    |raje\ ne\ (bi\ )?(odgovoril[ao]?|odgovorim|povem)|ne\ zelim\ (odgovoriti|povedati)
"""
_CATALAN = r"""
    (prefereixo|m'estimo\ mes)\ no\ (respondre|dir-ho|dir|contestar|indicar-ho)|no\ (vull|desitjo)\ (respondre|dir-ho|contestar)|sense\ resposta
"""
_ASIAN = r"""
    (toi\ )?(khong\ muon|thich\ khong|khong\ tien)\ (tra\ loi|noi|tiet\ lo|chia\ se|cung\ cap)|khong\ tra\ loi|tu\ choi(\ tra\ loi)?
    |(saya\ )?(tidak\ (ingin|mau|bersedia)|(lebih\ suka|memilih)\ (untuk\ )?tidak)\ (menjawab|mengatakan|menyebutkan|memberitahu)
    |tidak\ menjawab|tidak\ ada\ jawaban|menolak(\ (untuk\ )?menjawab)?
"""
_CYRILLIC = r"""
    (я\ )?(предпочитаю|предпоче?л[аи]?\ бы|хотел[аи]?\ бы)\ (этого\ )?не\ {отвечать}
    |(я\ )?не\ (хочу|желаю|готова?|хотел[аи]?\ бы|буду)\ (этого\ )?{отвечать}
    |(я\ )?(отказываюсь|отказал(ся|ась))(\ (отвечать|от\ ответа))?|отказ(\ от\ ответа)?|(нет|без)\ ответа|не\ (указан[оаы]?|отвечено)
    |(я\ )?(волію|вважаю\ за\ краще)\ не\ (відповідати|вказувати|казати|повідомляти|говорити)(\ на\ (це\ )?(питання|запитання))?
    |(я\ )?не\ (хочу|бажаю)\ (відповідати|вказувати|казати|повідомляти|говорити)|(немає|без)\ відповіді|відмовляюся?ь?(\ відповідати)?
    |предпочитам\ да\ не\ (отговарям|отговоря|казвам|кажа|посочвам|посоча)|не\ желая\ да\ (отговоря|отговарям|посоча|споделя)|без\ отговор
"""
_OTVECHAT = r"(отвечать|ответить|говорить|указывать|указать|сообщать|раскрывать|называть|разглашать)(\ (на\ (этот\ )?вопрос|это))?"
_GREEK = r"""
    (προτιμω|επιθυμω|θα\ προτιμουσα)\ να\ μην?\ (το\ )?(απαντησω|πω|δηλωσω|αποκαλυψω|αναφερω)
    |δεν\ (επιθυμω|θελω)\ να\ (το\ )?(απαντησω|πω|δηλωσω|αποκαλυψω)|δεν\ απαντω|χωρις\ απαντηση|αρνουμαι(\ να\ απαντησω)?
"""
_CHINESE = r"""
    我?(不愿意?|不願意?|不想|不便|不方便|拒绝|拒絕|选择不|選擇不|宁愿不|寧願不|倾向于?不|傾向於?不|宁可不|暂不|暫不)
     (回答|透露|说|說|作答|告知|提供|填写|填寫|披露|公开|公開|说明|說明)(此问题|此問題)?
    |拒答|[无無未]回答|无可奉告|無可奉告|保密|不(回答|透露|作答)
"""
_JAPANESE = r"""
    (この質問(に|には))?(お?答え|回答)(し|を)?(たくない|たくありません|ない|ません|しない|しません|控え(る|ます|たい)|差し控え(る|ます|たい)|拒否(する|します)?|なし|できません)
    |(回答|お答え)したくな(い|いです)|言いたく(ない|ありません)|[無未]回答|非公開|(開示|公開)(しない|したくない)
"""
_KOREAN = r"""
    (응답|답변|대답|공개|언급)(을|를|하고|하기를|하기)?\ ?(하지\ ?않음|하지\ ?않겠습니다|거부|거절|싶지\ ?않음|싶지\ ?않습니다|원하지\ ?않음
     |원치\ ?않음|원하지\ ?않습니다|안\ ?함|싫음)
    |무응답|(밝히고|말하고|말씀드리고)\ ?싶지\ ?않(음|습니다|아요|다)|밝히지\ ?않음|비공개
"""
_ARABIC = r"""
    (افضل|اود)\ (عدم|الا)\ (الاجابة|القول|الافصاح|الكشف|الرد|اجيب|اقول|افصح|ذكر\ ذلك)(\ عن\ (ذلك|هذا\ السؤال))?
    |لا\ (ارغب|اريد|اود)\ (في\ |ان\ )?(الاجابة|القول|الافصاح|الكشف|الرد|اجيب|اقول)(\ عن\ (ذلك|هذا\ السؤال))?
    |(ارفض|رفض)\ (الاجابة|الرد)|(لا\ توجد|لا|بدون)\ (اجابة|رد)
    |(אני\ )?מעדיפ?[ףה]?\ (שלא|לא)\ (לענות|לומר|לציין|להשיב)|לא\ מעוניינת?\ (לענות|להשיב)|לא\ מעוניין\ (לענות|להשיב)|ללא\ תשובה
"""
_THAI = r"""
    ไม่(ต้องการ|ประสงค์|ขอ|อยาก)(จะ)?(ตอบ|ระบุ|เปิดเผย|บอก)|ไม่(ตอบ|ระบุ)
"""
PATTERNS = (
    _ENGLISH.replace("{say}", f"({_SAY})"),
    _GERMAN,
    _FRENCH.replace("{dire}", f"({_DIRE})"),
    _SPANISH.replace("{decir}", f"({_DECIR})"),
    _ITALIAN.replace("{dirlo}", f"({_DIRLO})"),
    _DUTCH,
    _PORTUGUESE.replace("{dizer}", f"({_DIZER})"),
    _NORDIC,
    _POLISH.replace("{podac}", f"({_PODAC})"),
    _CZECH.replace("{odpovedet}", _ODPOVEDET),
    _FINNISH.replace("{vastata}", _VASTATA),
    _TURKISH,
    _HUNGARIAN.replace("{valaszolni}", _VALASZOLNI),
    _ROMANIAN.replace("{raspund}", _RASPUND),
    _WELSH,
    _CROATIAN,
    _CATALAN,
    _ASIAN,
    _CYRILLIC.replace("{отвечать}", _OTVECHAT),
    _GREEK,
    _CHINESE,
    _JAPANESE,
    _KOREAN,
    _ARABIC,
    _THAI,
)
"""A pattern for each language or family of them, with blanks and comments as :data:`re.VERBOSE` has them."""
_WORDS = """
not don't dont didn't didnt wouldn't wouldnt rather decline declined declines refuse refused refuses undisclosed
undeclared unanswered unspecified withheld answer response reply comment thanks thank skip skipped nsp pnts p nicht keine k verweigert
angabe ne pas sans aucune refus refusé non non-réponse deseo quiero quisiera desea quiere prefiero preferiría prefiere
elijo opto contesta responde contesto respondo especificado especificada declarado declarada informado informada
indicado indicada revelado revelada declara informa sin ninguna ns/nc ns/nr ns niega rehúsa rehusa reservo nessuna
senza rifiuto astengo liever niet geen geweigerd não nao sem nenhuma recuso recuso-me recusa recusou inte ej avstår
afstår hellre ikke uoplyst uoppgitt ubesvart inget intet ingen nægter avböjer avviser unwilling uncomfortable
reservarme reservarmelo nie odmawiam odmowa brak bez raději radšej radši nechci nechcem nepřeji neprajem preferuji
neuvedeno odmítám odmietam neodpovídat neuvádět en ei mieluummin istemiyorum istemiyor istemem ederim ediyorum yok
belirtilmemiş belirtilmedi cevapsiz yanitsiz nem inkább nincs megtagadom megtagadva nu prefer prefera fără niciun
refuz gwell well dewis dim radije preferiram odbijam raje prefereixo m'estimo vull desitjo sense không thích từ tidak
menolak
"""
TELLING = frozenset([*_WORDS.split(), *_WORDS.replace("'", "’").split()])
"""One of these words stands in every refusal in Latin letters; "no" alone would stand in too many answers."""
STEMS = "не|отказ|нет|без|нем|відмов|μη|δεν|χωρ|αρν|不|拒|无|無|未|保密|宁|寧|非|ない|ません|なし|控え|않|거부|거절|무응답|비공개|안|싫|원치|عدم|ل|رفض|בלי|לא|ไม่"
"""One of these stands in every refusal in other letters."""

// Towns, regions and countries. A country says where; a town becomes an ADDRESS only where the text says that somebody lives there.
import { wordSet } from './word-set.ts'

/** Wide places and the words made from them: never flagged as where somebody lives. */
export const widePlaces = wordSet(`
  england english britain british wales welsh scotland scottish ireland irish ulster uk europe european africa african asian america american caribbean arab arabic
  poland polish romania romanian bulgaria bulgarian hungary hungarian slovakia slovak czech lithuania lithuanian latvia latvian estonia estonian ukraine ukrainian russia russian albania albanian kosovo kosovan serbia
  germany german france french spain spanish italy italian portugal portuguese greece greek turkey turkish kurdish cyprus malta netherlands dutch belgium belgian sweden swedish norway norwegian denmark danish finland
  pakistan pakistani indian bangladesh bangladeshi bengali sylheti punjabi urdu hindi gujarati tamil kashmir kashmiri mirpuri nepal nepali afghanistan afghan pashto dari iran iranian farsi iraq iraqi syria syrian
  lebanon egypt egyptian yemen yemeni sudan sudanese somalia somali somaliland eritrea eritrean ethiopia ethiopian amharic tigrinya kenyan uganda ugandan tanzania swahili zimbabwe zimbabwean malawi zambia rwanda congo congolese lingala
  nigeria nigerian yoruba igbo hausa ghana ghanaian twi gambia gambian senegal sierra leone cameroon togo benin mali guinea jamaica jamaican trinidad barbados grenada dominica guyana haiti antigua bajan patois
  china chinese mandarin cantonese taiwan hong-kong hongkong vietnam vietnamese thailand thai japan japanese korea korean philippines filipino tagalog malaysia malaysian singapore indonesia australia australian zealand canada canadian mexico brazil brazilian colombia palestine palestinian gaza kuwait saudi dubai qatar libya tunisia algeria algerian morocco moroccan
  yorkshire lancashire cumbria northumberland durham derbyshire nottinghamshire lincolnshire leicestershire staffordshire cheshire shropshire worcestershire warwickshire northamptonshire cambridgeshire norfolk suffolk essex
  hertfordshire bedfordshire buckinghamshire oxfordshire gloucestershire wiltshire berkshire hampshire surrey sussex dorset somerset cornwall cornish gwynedd powys dyfed gwent glamorgan fife lothian highlands
  london midlands merseyside humberside tyneside wearside teesside
`)

/** Towns and cities that say where somebody lives. */
export const towns = wordSet(`
  jordan india asia devon israel kenya kent
  aberdare aberdeen aberystwyth accrington aldershot altrincham andover arbroath ashford aylesbury ayr banbury bangor barnet barnsley barnstaple barrow basildon basingstoke bath batley bedford belfast berwick beverley
  bexley birkenhead birmingham bishop-auckland blackburn blackpool bodmin bolton bootle boston bournemouth bracknell bradford braintree brecon brent brentwood bridgend bridgwater bridlington brighouse brighton bristol brixton bromley
  burnley burton bury caernarfon caerphilly camberley camborne cambridge camden cannock canterbury cardiff carlisle carmarthen castleford chatham chelmsford cheltenham chester chesterfield chichester chippenham chorley clacton cleethorpes coatbridge
  colchester colne conwy corby coventry craigavon crawley crewe croydon cumbernauld cwmbran darlington dartford deptford derby derry dewsbury didsbury doncaster dorchester dover dudley dumfries dunbar dundee dunfermline ealing
  eastbourne eastleigh edinburgh edmonton enfield epsom exeter falkirk falmouth fareham farnborough farnham fleetwood folkestone galashiels gateshead gillingham glasgow gloucester goole gosport grantham gravesend greenock grimsby guildford
  hackney halesowen halifax hamilton haringey harlow harrogate harrow hartlepool hastings hatfield havant haverfordwest hayes hemel hereford hertford hexham heywood hinckley hounslow hove huddersfield hull hyde ilford ilkeston ilkley inverness
  ipswich islington jarrow keighley kendal kettering kidderminster kilmarnock kirkby kirkcaldy knaresborough knutsford lambeth lancaster leamington leatherhead leeds leicester leigh lerwick lewes lewisham lichfield lincoln lisburn
  liverpool livingston llandrindod llandudno llanelli londonderry loughborough lowestoft luton macclesfield maidenhead maidstone malvern manchester mansfield margate matlock melton merthyr middlesbrough milton-keynes morecambe morley morpeth
  motherwell nelson newark newbury newcastle newham newport newquay newry newtown northampton northallerton norwich nottingham nuneaton oldham omagh ormskirk oswestry otley oxford paisley peckham penrith penzance perth peterborough peterhead plymouth pontefract
  pontypool pontypridd poole portadown portsmouth prestatyn preston pudsey ramsgate reading redcar redditch redruth reigate rhondda rhyl ripon rochdale rochester romford rotherham rugby runcorn ryde salford salisbury scarborough scunthorpe seaham sedgefield
  selby sevenoaks sheffield shipley shrewsbury sittingbourne skegness skelmersdale skipton slough solihull southall southampton southend southport southwark stafford staines stalybridge stevenage stirling stockport stockton stoke stourbridge stranraer
  stratford stroud sunderland swansea swindon tamworth taunton telford tewkesbury thetford tipton todmorden tonbridge torquay tottenham truro tunbridge twickenham wakefield wallasey walsall walthamstow wandsworth warrington warwick watford wellingborough wembley
  weston weymouth whitby whitehaven wigan wilmslow winchester windsor wirral woking wokingham wolverhampton woolwich worcester workington worksop worthing wrexham yeovil york
  chapeltown harehills beeston headingley armley seacroft gipton handsworth sparkbrook aston moseley toxteth bootle walton moss-side wythenshawe longsight levenshulme burngreave page-hall manningham girlington easton knowle
`)

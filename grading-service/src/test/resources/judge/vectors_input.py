import json

import SafeRunner
from pyhost.scorer import BlackBoxScorerMaker
from railgun.common.csvdata import CsvBoolean, CsvInteger, CsvSchema


class Row(CsvSchema):
    year = CsvInteger()
    month = CsvInteger(name='month-no')
    leap = CsvBoolean(default=False)


def scorers(case):
    maker = BlackBoxScorerMaker(Row, case['csv'], input_class_weight=0.7, boundary_value_weight=0.3)
    if case['options'].get('klass', True):
        maker.class_('leap year')(lambda row: row.leap)
        maker.class_('winter')(lambda row: row.month in (12, 1, 2))
        maker.class_('raises')(lambda row: 1 / 0)
        maker.class_('after 2000')(lambda row: row.year > 2000)
    if case['options'].get('boundary', True):
        maker.boundary('month 1')(lambda row: row.month == 1)
        maker.boundary('month 12')(lambda row: row.month == 12)
    return maker.get_scorers(weight=case['options'].get('w', 1.0))


with open('cases.json') as file:
    cases = json.load(file)
SafeRunner.run([pair for case in cases for pair in scorers(case)])

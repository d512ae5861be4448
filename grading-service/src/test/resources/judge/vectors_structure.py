import os
import re

import SafeRunner
from pyhost.objschema import RootSchema
from pyhost.scorer import ObjSchemaScorer

root = RootSchema(os.environ['RAILGUN_ROOT'])
module = root.module('objm').require()
heap = module.class_('HeapCase').require()
heap.method('test_push').require()
heap.method('test_pop').require()
heap.method('helper').deny()
heap.method('maybe').allow()
module.class_(re.compile('^Ot')).require()
missing = root.module('nomod').require()
missing.class_('X').require()
missing.class_('Y').allow()

broken = RootSchema()
for name in ('exits', 'fails'):
    broken.module(name).require()
broken.module('deep.inner').require().class_('Inner').require()

SafeRunner.run([(ObjSchemaScorer(root), 1.0), (ObjSchemaScorer(broken), 1.0)])

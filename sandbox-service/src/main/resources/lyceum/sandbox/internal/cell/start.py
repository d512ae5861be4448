"""Only what is imported is kept in its compiled form, so this file is as short as can be."""

import keeper

keeper.run()

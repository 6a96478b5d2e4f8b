// All that reports tell of a run, in one place.
#pragma once

#include "base/shell.h"
#include "report/compliance.h"
#include "report/harms.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/timeline.h"
#include "report/version.h"

/*
 * preset_touch: the files of touches and of costs, and those that join
 * touches to records, as each CRM and advertising network names their columns.
 */
#ifndef FUNNEL_PRESET_TOUCH_H
#define FUNNEL_PRESET_TOUCH_H

#include "preset.h"

extern const struct preset_object salesforce_touches[], hubspot_touches[],
    zoho_touches[], generic_touches[];
extern const struct preset_object salesforce_spend[], zoho_spend[],
    generic_spend[];

#endif

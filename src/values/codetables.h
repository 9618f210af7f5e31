// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    The upper halves (0x80 to 0xFF) of the servers' character sets of one byte. Servers have ideas of their
   own of some of them (latin1 is Windows-1252, and more), so that no other library's tables will do.
*/

namespace QAsyncMySql::Internal {

extern const char16_t Armscii8Upper[128];
extern const char16_t Cp1250Upper[128];
extern const char16_t Cp1251Upper[128];
extern const char16_t Cp1256Upper[128];
extern const char16_t Cp1257Upper[128];
extern const char16_t Cp850Upper[128];
extern const char16_t Cp852Upper[128];
extern const char16_t Cp866Upper[128];
extern const char16_t Dec8Upper[128];
extern const char16_t Geostd8Upper[128];
extern const char16_t GreekUpper[128];
extern const char16_t HebrewUpper[128];
extern const char16_t Hp8Upper[128];
extern const char16_t Keybcs2Upper[128];
extern const char16_t Koi8rUpper[128];
extern const char16_t Koi8uUpper[128];
extern const char16_t Latin1Upper[128];
extern const char16_t Latin2Upper[128];
extern const char16_t Latin5Upper[128];
extern const char16_t Latin7Upper[128];
extern const char16_t MacceUpper[128];
extern const char16_t MacromanUpper[128];
extern const char16_t Tis620Upper[128];

} // namespace QAsyncMySql::Internal

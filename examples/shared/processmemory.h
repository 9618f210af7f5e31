// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

//! Memory of this process in bytes: what it holds now, and the most it ever held. 0 where the system does not
//! tell.
qint64 currentMemory();
qint64 peakMemory();

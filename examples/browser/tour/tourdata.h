// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

//! A little shop to show the browser on: customers, orders that refer to them, and products with pictures.
namespace TourData {

//! The name of its schema, which belongs to the tour.
QString schema();
//! What makes it, statement by statement; each may have one \c{?} for picture().
QStringList statements();
//! A picture of a product, as PNG.
QByteArray picture();

} // namespace TourData

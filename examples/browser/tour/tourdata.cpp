// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "tour/tourdata.h"

#include <QtCore/QBuffer>
#include <QtGui/QImage>
#include <QtGui/QLinearGradient>
#include <QtGui/QPainter>

QString TourData::schema()
{
    return QStringLiteral("qasyncmysql_tour");
}

QStringList TourData::statements()
{
    const QString numbers
        = QStringLiteral("WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 400) ");
    return {
        QStringLiteral("DROP DATABASE IF EXISTS qasyncmysql_tour"),
        QStringLiteral("CREATE DATABASE qasyncmysql_tour CHARACTER SET utf8mb4"),
        QStringLiteral("CREATE TABLE qasyncmysql_tour.customers (id INT AUTO_INCREMENT PRIMARY KEY, name "
                       "VARCHAR(60) NOT NULL, city VARCHAR(40) NULL, since DATE NOT NULL, INDEX (name)) "
                       "COMMENT 'Who has ordered'"),
        QStringLiteral("INSERT INTO qasyncmysql_tour.customers (name, city, since) VALUES "
                       "('Zoë Müller', 'Bern', '2019-03-02'), ('Anaïs Dupont', 'Lyon', '2020-11-17'), "
                       "('Björk Østergaard', NULL, '2021-06-30'), ('Ngọc Lê', 'Huế', '2021-07-01'), "
                       "('Ольга Иванова', 'Самара', '2022-01-09'), ('Seán O''Brien', 'Cork', '2022-05-23'), "
                       "('Małgorzata Nowak', 'Łódź', '2023-02-14'), ('Mary Smith', 'Leeds', '2024-08-08')"),
        QStringLiteral(
            "CREATE TABLE qasyncmysql_tour.products (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(60) "
            "NOT NULL, price DECIMAL(8,2) NOT NULL, description TEXT NULL, picture MEDIUMBLOB NULL)"),
        QStringLiteral("INSERT INTO qasyncmysql_tour.products (name, price, description, picture) VALUES "
                       "('Lamp', 49.90, 'Gives light.', ?)"),
        QStringLiteral("INSERT INTO qasyncmysql_tour.products (name, price, description) VALUES "
                       "('Chair', 120.00, 'To sit on.\nOf oak.'), ('Clock', 75.50, NULL)"),
        QStringLiteral(
            "CREATE TABLE qasyncmysql_tour.orders (id INT AUTO_INCREMENT PRIMARY KEY, customer_id INT NOT "
            "NULL, price DECIMAL(10,2) NOT NULL, quantity SMALLINT UNSIGNED NOT NULL DEFAULT 1, status "
            "ENUM('new','paid','packed','shipped','returned') NOT NULL DEFAULT 'new', ordered_at "
            "DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, due DATE NULL, note VARCHAR(200) NULL, "
            "details JSON NULL, FOREIGN KEY (customer_id) REFERENCES qasyncmysql_tour.customers (id), INDEX "
            "(status), "
            "INDEX (price))"),
        QStringLiteral(
            "INSERT INTO qasyncmysql_tour.orders (customer_id, price, quantity, status, ordered_at, due, "
            "note, details) ")
            + numbers
            + QStringLiteral(
                "SELECT 1 + n * 7 % 8, n * 7919 % 20000 / 100 + 0.99, 1 + n % 9, 1 + n % 5, "
                "TIMESTAMP'2026-01-04 08:00:00' + INTERVAL n * 137 MINUTE, IF(n % 5 = 0, NULL, "
                "DATE'2026-01-10' + INTERVAL n DIV 10 DAY), ELT(n % 4, 'call before', 'gift', "
                "'to the neighbour'), CONCAT('{\"channel\": \"', ELT(1 + n % 3, 'web', 'shop', "
                "'phone'), '\", \"rating\": ', 1 + n % 5, ', \"tags\": [\"a\", \"b\"]}') FROM n"),
    };
}

QByteArray TourData::picture()
{
    QImage image(320, 240, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient wall(0, 0, 0, 240);
    wall.setColorAt(0, QColor(0x355c7d));
    wall.setColorAt(1, QColor(0xc06c84));
    painter.fillRect(image.rect(), wall);
    painter.setPen(QPen(QColor(0x2b2b2b), 7, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(160, 120, 160, 205);
    painter.drawLine(125, 207, 195, 207);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0xffd166));
    painter.drawPolygon(QPolygon({QPoint(130, 50), QPoint(190, 50), QPoint(220, 125), QPoint(100, 125)}));
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

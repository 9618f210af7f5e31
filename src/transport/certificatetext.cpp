// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/certificatetext.h"

#include "values/textcut.h"

#include <QtCore/QDateTime>
#include <QtNetwork/QSslCertificate>

namespace QAsyncMySql::Transport {

namespace {

// Names come from whoever made the certificate.
QString printable(QString text)
{
    constexpr qsizetype Longest = 100;
    text = Internal::cutText(text, Longest);
    for (QChar &c : text) {
        if (!c.isPrint() || c == u'"')
            c = u'?';
    }
    return text;
}

QString name(const QString &commonName, const QString &organization)
{
    return printable(commonName.isEmpty() ? organization : commonName);
}

} // namespace

QString describe(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return QStringLiteral("no certificate");
    const auto first = [](const QStringList &list) { return list.isEmpty() ? QString() : list.first(); };
    const QString subject = name(first(certificate.subjectInfo(QSslCertificate::CommonName)),
                                 first(certificate.subjectInfo(QSslCertificate::Organization)));
    const QString issuer = name(first(certificate.issuerInfo(QSslCertificate::CommonName)),
                                first(certificate.issuerInfo(QSslCertificate::Organization)));
    return QStringLiteral("certificate \"%1\", issued by \"%2\", valid from %3 to %4")
        .arg(subject, certificate.isSelfSigned() ? QStringLiteral("itself") : issuer,
             certificate.effectiveDate().toUTC().date().toString(Qt::ISODate),
             certificate.expiryDate().toUTC().date().toString(Qt::ISODate));
}

} // namespace QAsyncMySql::Transport

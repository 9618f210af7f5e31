// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "connect/connectdialog.h"

#include "connect/recentconnections.h"
#include "look/messagebanner.h"

#include <QAsyncMySql/connection.h>

#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolButton>

using namespace QAsyncMySql;

ConnectDialog::ConnectDialog(QWidget *parent)
    : QDialog(parent)
    , m_recent(new QComboBox)
    , m_host(new QLineEdit)
    , m_port(new QSpinBox)
    , m_socket(new QLineEdit)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_database(new QLineEdit)
    , m_tls(new QComboBox)
    , m_caFile(new QLineEdit)
    , m_message(new MessageBanner)
    , m_connect(new QPushButton(tr("Connect")))
{
    setWindowTitle(tr("Connect to a server"));
    build();
    setOptions(ConnectOptions());
    const QStringList recent = RecentConnections::urls();
    if (!recent.isEmpty())
        takeRecent(recent.first());
}

ConnectDialog::~ConnectDialog() = default;

void ConnectDialog::build()
{
    m_port->setRange(1, 65535);
    m_port->setGroupSeparatorShown(false);
    m_socket->setPlaceholderText(tr("instead of host and port, e.g. /run/mysqld/mysqld.sock"));
    m_password->setEchoMode(QLineEdit::Password);
    m_database->setPlaceholderText(tr("none"));
    m_caFile->setPlaceholderText(tr("the system's authorities"));
    m_tls->addItem(tr("Automatic: verified, except on this computer"), int(SslMode::Automatic));
    m_tls->addItem(tr("Verified identity"), int(SslMode::VerifyIdentity));
    m_tls->addItem(tr("Verified authority"), int(SslMode::VerifyCa));
    m_tls->addItem(tr("Required, not verified"), int(SslMode::Required));
    m_tls->addItem(tr("Preferred, not verified"), int(SslMode::Preferred));
    m_tls->addItem(tr("Off"), int(SslMode::Disabled));

    auto *address = new QHBoxLayout;
    address->addWidget(m_host, 1);
    address->addWidget(m_port);
    auto *browse = new QToolButton;
    browse->setText(QStringLiteral("…"));
    browse->setToolTip(tr("Choose a PEM file"));
    connect(browse, &QToolButton::clicked, this, &ConnectDialog::chooseCaFile);
    auto *authority = new QHBoxLayout;
    authority->addWidget(m_caFile, 1);
    authority->addWidget(browse);

    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(9);
    m_recent->addItem(tr("Choose …"));
    m_recent->addItems(RecentConnections::urls());
    m_recent->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_recent, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            takeRecent(m_recent->itemText(index));
    });
    form->addRow(tr("&Recent"), m_recent);
    // A row of several fields has its label's letter by a buddy.
    const auto labelled = [](const QString &text, QWidget *field) {
        auto *label = new QLabel(text);
        label->setBuddy(field);
        return label;
    };
    form->addRow(labelled(tr("&Host"), m_host), address);
    form->addRow(tr("&Socket"), m_socket);
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("&Password"), m_password);
    form->addRow(tr("S&chema"), m_database);
    form->addRow(tr("&TLS"), m_tls);
    form->addRow(labelled(tr("&Authority"), m_caFile), authority);

    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_connect, QDialogButtonBox::ActionRole);
    buttons->addButton(QDialogButtonBox::Cancel);
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::tryToConnect);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(14);
    layout->addLayout(form);
    layout->addWidget(m_message);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(500);
    m_connect->setDefault(true);
}

void ConnectDialog::setOptions(const ConnectOptions &options)
{
    m_host->setText(options.host());
    m_port->setValue(options.port());
    m_socket->setText(options.socketPath());
    m_user->setText(options.user());
    m_password->setText(QString::fromUtf8(options.password().reveal()));
    m_database->setText(options.database());
    m_tls->setCurrentIndex(m_tls->findData(int(options.sslMode())));
    m_caFile->setText(options.sslCaFile());
}

ConnectOptions ConnectDialog::options() const
{
    ConnectOptions options;
    options.setHost(m_host->text().trimmed());
    options.setPort(quint16(m_port->value()));
    options.setSocketPath(m_socket->text().trimmed());
    options.setUser(m_user->text());
    options.setPassword(m_password->text());
    options.setDatabase(m_database->text().trimmed());
    options.setSslMode(SslMode(m_tls->currentData().toInt()));
    options.setSslCaFile(m_caFile->text().trimmed());
    return options;
}

void ConnectDialog::tryToConnect()
{
    m_message->clear();
    setBusy(true);
    // A connection for this attempt only; a new attempt drops it, and with it the continuation.
    m_attempt = std::make_unique<Connection>();
    m_attempt->open(options()).then(m_attempt.get(), [this](const Result<void> &result) {
        setBusy(false);
        if (result) {
            RecentConnections::add(options());
            accept();
        } else {
            showError(result.error());
            focusCause(result.error());
        }
    });
}

void ConnectDialog::showError(const Error &error)
{
    m_message->showError(error);
    adjustSize();
}

void ConnectDialog::takeRecent(const QString &url)
{
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(url);
    if (!options)
        return; // of another version of the program
    setOptions(*options);
    m_password->setFocus(); // which is not kept
}

// Where something is to be changed.
void ConnectDialog::focusCause(const Error &error)
{
    QWidget *field = nullptr;
    if (error.code() == 1045 || error.code() == 1698) // access denied
        field = m_password;
    else if (error.code() == 1044 || error.code() == 1049) // no such schema, or none of this account's
        field = m_database;
    else if (error.code() == 3159 || error.kind() == Error::Kind::Security)
        field = error.phase() == Error::Phase::Tls ? static_cast<QWidget *>(m_caFile) : m_tls;
    else if (error.kind() == Error::Kind::Connection)
        field = m_socket->text().isEmpty() ? m_host : m_socket;
    if (field)
        field->setFocus();
}

void ConnectDialog::setBusy(bool busy)
{
    m_connect->setEnabled(!busy);
    m_connect->setText(busy ? tr("Connecting …") : tr("Connect"));
}

void ConnectDialog::chooseCaFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Certificate authority"), m_caFile->text(),
                                                      tr("Certificates (*.pem *.crt);;All files (*)"));
    if (!file.isEmpty())
        m_caFile->setText(file);
}

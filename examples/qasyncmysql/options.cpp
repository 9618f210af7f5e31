// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "options.h"

#include "failure.h"

#include <limits>

using namespace QAsyncMySql;

namespace Cli {

namespace {

//! Reads options wherever they stand before "--", and collects the rest.
class Parser
{
public:
    explicit Parser(const QStringList &arguments)
        : m_arguments(arguments)
    {
    }

    Result<Options> run();

private:
    void readOption(const QString &argument);
    bool readSwitch(const QString &name);
    void readConnectionValue(const QString &name, const QString &value);
    void readValue(const QString &name, const QString &value);
    void readPair(const QString &name, const QString &value, const QString &takes,
                  QList<std::pair<QString, QString>> &pairs);
    int readNumber(const QString &name, const QString &value, int minimum);
    void checkTogether();
    void placePositionals();
    void fail(const QString &message);

    QStringList m_arguments;
    qsizetype m_next = 0;
    QStringList m_positionals;
    Options m_options;
    QString m_error;
};

// "-5" and "-.5" are values for the statement, and "-" is standard input.
bool isOption(const QString &argument)
{
    return argument.size() > 1 && argument.at(0) == u'-' && !argument.at(1).isDigit()
        && argument.at(1) != u'.';
}

bool takesValue(const QString &name)
{
    static const QStringList names = {
        QStringLiteral("--format"),     QStringLiteral("--window"),    QStringLiteral("--protocol"),
        QStringLiteral("--timeout"),    QStringLiteral("--file"),      QStringLiteral("--connect-timeout"),
        QStringLiteral("--load-local"), QStringLiteral("--import"),    QStringLiteral("--into"),
        QStringLiteral("--fetch-size"), QStringLiteral("--attribute"),
    };
    static const QStringList connectionNames = {
        QStringLiteral("--option"),         QStringLiteral("--ssl-mode"),   QStringLiteral("--defaults-file"),
        QStringLiteral("--defaults-group"), QStringLiteral("--login-path"),
    };
    return names.contains(name) || connectionNames.contains(name);
}

Result<Options> Parser::run()
{
    bool optionsEnded = false;
    while (m_next < m_arguments.size() && m_error.isEmpty()) {
        const QString argument = m_arguments.at(m_next++);
        if (!optionsEnded && argument == u"--")
            optionsEnded = true;
        else if (!optionsEnded && isOption(argument))
            readOption(argument);
        else
            m_positionals.append(argument);
    }
    if (m_error.isEmpty() && m_options.action == Options::Action::Run)
        placePositionals();
    if (m_error.isEmpty())
        checkTogether();
    if (!m_error.isEmpty())
        return usageError(m_error);
    return m_options;
}

void Parser::readOption(const QString &argument)
{
    QString name = argument;
    QString value;
    const qsizetype equals = argument.startsWith(u"--") ? argument.indexOf(u'=') : -1;
    if (equals > 0) {
        name = argument.left(equals);
        value = argument.mid(equals + 1);
    }
    if (name == u"-f")
        name = QStringLiteral("--file");

    if (takesValue(name)) {
        if (equals < 0) {
            if (m_next >= m_arguments.size()) {
                fail(QStringLiteral("The option %1 needs a value.").arg(name));
                return;
            }
            value = m_arguments.at(m_next++);
        }
        readValue(name, value);
    } else if (!readSwitch(name)) {
        fail(QStringLiteral(
                 "Unknown option %1. Options are listed by --help; a parameter that begins with a dash is "
                 "written after --.")
                 .arg(name));
    } else if (equals >= 0) {
        fail(QStringLiteral("The option %1 takes no value.").arg(name));
    }
}

bool Parser::readSwitch(const QString &name)
{
    if (name == u"--help" || name == u"-h")
        m_options.action = Options::Action::ShowHelp;
    else if (name == u"--version" || name == u"-V")
        m_options.action = Options::Action::ShowVersion;
    else if (name == u"--stream")
        m_options.stream = true;
    else if (name == u"--progress")
        m_options.progress = true;
    else if (name == u"--no-header")
        m_options.header = false;
    else if (name == u"--skip-errors")
        m_options.skipErrors = true;
    else if (name == u"--force")
        m_options.force = true;
    else if (name == u"--warnings")
        m_options.warnings = true;
    else if (name == u"--typed")
        m_options.typedParameters = true;
    else if (name == u"--compress")
        m_options.connectOptions.append(
            {QStringLiteral("compression"), QStringLiteral("ZSTD,ZLIB,UNCOMPRESSED")});
    else if (name == u"--password-prompt" || name == u"-p")
        m_options.askPassword = true;
    else
        return false;
    return true;
}

void Parser::readValue(const QString &name, const QString &value)
{
    if (name == u"--file") {
        m_options.file = value;
        if (value.isEmpty())
            fail(QStringLiteral("The option --file needs the name of a file, or - for standard input."));
    } else if (name == u"--import") {
        m_options.importFile = value;
        if (value.isEmpty())
            fail(QStringLiteral("The option --import needs the name of a file, or - for standard input."));
    } else if (name == u"--into") {
        m_options.importTable = value;
    } else if (name == u"--load-local") {
        m_options.loadLocal = value;
        if (value.isEmpty())
            fail(
                QStringLiteral("The option --load-local needs the name of a file, or - for standard input."));
    } else if (name == u"--window") {
        m_options.window = readNumber(name, value, 1);
        m_options.stream = true;
    } else if (name == u"--fetch-size") {
        m_options.fetchSize = readNumber(name, value, 1);
        m_options.stream = true;
    } else if (name == u"--attribute") {
        readPair(name, value, QStringLiteral("NAME=VALUE"), m_options.attributes);
    } else if (name == u"--timeout") {
        m_options.timeout = std::chrono::milliseconds(readNumber(name, value, 0));
    } else if (name == u"--connect-timeout") {
        m_options.connectTimeout = std::chrono::milliseconds(readNumber(name, value, 0));
    } else if (name == u"--protocol") {
        if (value == u"text")
            m_options.protocol = StatementProtocol::Text;
        else if (value == u"prepared")
            m_options.protocol = StatementProtocol::Prepared;
        else
            fail(QStringLiteral("--protocol is text or prepared, not \"%1\".").arg(value));
    } else if (name == u"--format") {
        static const QStringList names
            = {QStringLiteral("table"), QStringLiteral("tsv"), QStringLiteral("csv"), QStringLiteral("json"),
               QStringLiteral("ndjson")};
        const qsizetype index = names.indexOf(value);
        if (index < 0)
            fail(QStringLiteral("--format is one of table, tsv, csv, json and ndjson, not \"%1\".")
                     .arg(value));
        else
            m_options.format = Format(index);
    } else {
        readConnectionValue(name, value);
    }
}

void Parser::readConnectionValue(const QString &name, const QString &value)
{
    if (name == u"--ssl-mode") {
        m_options.connectOptions.append({QStringLiteral("ssl-mode"), value});
    } else if (name == u"--defaults-file") {
        m_options.defaultsFile = value;
        if (value.isEmpty())
            fail(QStringLiteral("The option --defaults-file needs the name of a file."));
    } else if (name == u"--defaults-group") {
        m_options.defaultsGroups.append(value);
    } else if (name == u"--login-path") {
        m_options.loginPath = value;
        if (value.isEmpty())
            fail(QStringLiteral("The option --login-path needs the name of a login path."));
    } else if (name == u"--option") {
        readPair(name, value,
                 QStringLiteral("KEY=VALUE with a key of the URL, such as --option compression=ZLIB"),
                 m_options.connectOptions);
    }
}

void Parser::readPair(const QString &name, const QString &value, const QString &takes,
                      QList<std::pair<QString, QString>> &pairs)
{
    const qsizetype equals = value.indexOf(u'=');
    if (equals < 1)
        fail(QStringLiteral("%1 takes %2, not \"%3\".").arg(name, takes, value));
    else
        pairs.append({value.first(equals), value.sliced(equals + 1)});
}

int Parser::readNumber(const QString &name, const QString &value, int minimum)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber || number < minimum) {
        fail(QStringLiteral("%1 is a whole number from %2 to %3, not \"%4\".")
                 .arg(name, QString::number(minimum), QString::number(std::numeric_limits<int>::max()),
                      value));
    }
    return number;
}

void Parser::placePositionals()
{
    if (m_positionals.isEmpty()) {
        fail(QStringLiteral(
            "The server's URL is missing. Usage: qasyncmysql [options] <url> <sql> [parameter...]; "
            "see --help."));
        return;
    }
    m_options.url = m_positionals.takeFirst();
    if (!m_options.importFile.isEmpty() || !m_options.importTable.isEmpty() || m_options.skipErrors) {
        if (m_options.importFile.isEmpty() || m_options.importTable.isEmpty())
            fail(QStringLiteral("An import takes --import FILE and --into TABLE."));
        else if (!m_positionals.isEmpty() || m_options.isScript())
            fail(QStringLiteral("With --import there is no statement."));
        else if (m_options.format == Format::Table || m_options.format == Format::Json)
            fail(QStringLiteral("What can be imported is csv, tsv or ndjson."));
        return;
    }
    const bool sqlFromInput
        = m_options.file == u"-" || (!m_options.isScript() && m_positionals.value(0) == u"-");
    if (m_options.loadLocal == u"-" && sqlFromInput) {
        fail(QStringLiteral("Standard input is either the script or the data of --load-local, not both."));
        return;
    }
    if (m_options.isScript()) {
        if (!m_positionals.isEmpty())
            fail(QStringLiteral(
                "With --file there is neither a statement nor a parameter on the command line."));
        return;
    }
    if (m_positionals.isEmpty()) {
        fail(QStringLiteral(
            "The SQL statement is missing. Give it after the URL, or --file FILE, or - for standard "
            "input; see --help."));
        return;
    }
    m_options.sql = m_positionals.takeFirst();
    m_options.parameters = m_positionals;
    if (m_options.sql == u"-") {
        m_options.file = m_options.sql;
        m_options.sql.clear();
        if (!m_options.parameters.isEmpty())
            fail(QStringLiteral("Statements from standard input take no parameters."));
    } else if (m_options.sql.trimmed().isEmpty()) {
        fail(QStringLiteral("The SQL statement is empty."));
    }
}

void Parser::checkTogether()
{
    if (!m_options.defaultsGroups.isEmpty() && m_options.defaultsFile.isEmpty()) {
        fail(QStringLiteral(
            "--defaults-group names a group of the file of --defaults-file, which is missing."));
    }
    if (m_options.fetchSize > 0 && m_options.protocol == StatementProtocol::Text) {
        fail(QStringLiteral("--fetch-size has the server keep the rows of a prepared statement; leave out "
                            "--protocol text."));
    }
}

void Parser::fail(const QString &message)
{
    if (m_error.isEmpty())
        m_error = message;
}

} // namespace

Result<Options> Options::parse(const QStringList &arguments)
{
    return Parser(arguments).run();
}

} // namespace Cli

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

/*
    What all programs of this folder have in common: the command line, measuring, and the one line of JSON
   that they print.

        bench-<peer> WORKLOAD PORT [key=value ...]

    They connect to root without a password on 127.0.0.1; bench-servers makes such servers.
*/
namespace Bench {

class Arguments
{
public:
    Arguments(int count, char **values);

    const std::string &workload() const noexcept { return m_workload; }
    std::uint16_t port() const noexcept { return m_port; }
    bool is(std::string_view workload) const noexcept { return m_workload == workload; }
    long number(std::string_view key, long fallback) const;
    std::string text(std::string_view key, std::string_view fallback = {}) const;

private:
    std::string m_workload;
    std::map<std::string, std::string, std::less<>> m_values;
    std::uint16_t m_port = 0;
};

//! Says that this peer cannot do the workload, and ends the program well.
[[noreturn]] void unsupported(const Arguments &arguments, const char *why);
[[noreturn]] void die(std::string_view what, std::string_view why = {});

std::int64_t nowNs();
//! Bytes received so far on this process's TCP connections to \a port (Linux; else 0).
std::uint64_t receivedBytes(std::uint16_t port);
//! The largest resident size so far, in KiB (Linux; else 0).
long peakKib();

//! Measures what lies between start() and stop(): what comes before, such as the log-in, does not count.
class Meter
{
public:
    explicit Meter(const Arguments &arguments)
        : m_arguments(arguments)
    {
    }

    void reserve(long operations) { m_latencies.reserve(std::size_t(operations)); }
    void start();
    void stop();
    //! One operation of a sequence has ended: its time is that since the one before.
    void lap();
    void latency(std::int64_t ns) { m_latencies.push_back(ns); }
    void latencies(const std::vector<std::int64_t> &values)
    {
        m_latencies.insert(m_latencies.end(), values.begin(), values.end());
    }
    //! \a check is the checksum over all values read; \a extra is appended, such as "\"note\":\"...\"".
    void print(std::uint64_t rows, std::int64_t check = 0, const std::string &extra = {});

private:
    const Arguments &m_arguments;
    rusage m_usageBefore{};
    rusage m_usageAfter{};
    std::vector<std::int64_t> m_latencies;
    std::int64_t m_begin = 0;
    std::int64_t m_end = 0;
    std::int64_t m_mark = 0;
    std::uint64_t m_bytes = 0;
    long m_startKib = 0;
};

} // namespace Bench

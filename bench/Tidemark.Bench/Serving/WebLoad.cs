using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tidemark.Bench.Serving;

/// <summary>A load of searches, by wrk (Debian's package of that name): a generator that nobody here wrote.</summary>
/// <param name="RequestsPerSecond">That were answered.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed partial record WebLoad(double RequestsPerSecond, double P50, double P99)
{
    /// <param name="address">In front of the paths.</param>
    /// <param name="paths">Asked one after the other, by each connection.</param>
    /// <param name="connections">So many clients at once.</param>
    /// <param name="seconds">So long.</param>
    /// <param name="folder">For its script.</param>
    public static WebLoad Of(string address, IEnumerable<string> paths, int connections, int seconds, string folder)
    {
        var script = Path.Combine(folder, "paths.lua");
        File.WriteAllText(script, $"local paths = {{ {string.Join(", ", paths.Select(path => $"\"{path}\""))} }}\nlocal at = 0\n"
            + "request = function()\n  at = at % #paths + 1\n  return wrk.format(\"GET\", paths[at])\nend\n");
        string[] arguments =
        [
            "-t", Math.Min(2, connections).ToString(CultureInfo.InvariantCulture), "-c", connections.ToString(CultureInfo.InvariantCulture),
            "-d", $"{seconds}s", "--timeout", "60s", "--latency", "-s", script, address,
        ];
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var told = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            return Read(told);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("the service's figures need 'wrk': apt-get install wrk", e);
        }
    }

    private static WebLoad Read(string told)
    {
        if (told.Contains("Non-2xx", StringComparison.Ordinal) || told.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"not every request was answered: {told}");
        }

        return new WebLoad(double.Parse(Rate().Match(told).Groups["n"].Value, CultureInfo.InvariantCulture), Milliseconds(told, "50"), Milliseconds(told, "99"));
    }

    private static double Milliseconds(string told, string percentile)
    {
        var match = Regex.Match(told, $@"{percentile}%\s+(?<n>[0-9.]+)(?<unit>us|ms|s)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var value = double.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "us" => value / 1_000,
            "ms" => value,
            _ => value * 1_000,
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<n>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}

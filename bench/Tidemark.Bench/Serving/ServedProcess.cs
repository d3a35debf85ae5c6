using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Tidemark.Bench.Serving;

/// <summary>A program that listens, from outside.</summary>
internal sealed partial class ServedProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="program">What is started.</param>
    /// <param name="arguments">Of it.</param>
    /// <param name="folder">It works there, and is at home there.</param>
    /// <param name="environment">Beside this process's own.</param>
    public ServedProcess(string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["HOME"] = folder;
        start.Environment["DOTNET_gcServer"] = "1"; // as the service is built
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        var told = new List<string>();
        while (_process.StandardError.ReadLine() is { } line)
        {
            told.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                Address = match.Groups["url"].Value;
                _ = _process.StandardError.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' does not listen: {string.Join('\n', told)}");
    }

    public string Address { get; } = "";

    /// <summary>What is resident now.</summary>
    public long Bytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    public void Dispose()
    {
        using (var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            stop.WaitForExit();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    [GeneratedRegex(@"[Ll]istening on: (?<url>http://[^\s""]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}

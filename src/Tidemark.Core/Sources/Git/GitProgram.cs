using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>
/// The installed git, as it may be run on a repository that somebody else made: without a shell, without asking anybody, without hooks, and
/// with nothing of the environment that could be a secret or lead it to another repository.
/// </summary>
internal static class GitProgram
{
    /// <summary>How it reaches other places is the user's own to say.</summary>
    private static readonly HashSet<string> Ways = new(StringComparer.OrdinalIgnoreCase)
    {
        "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_SSL_CAINFO", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
    };

    /// <summary>Said on the command line, so that no configuration of the repository can say otherwise.</summary>
    private static readonly string[] Settings =
    [
        "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "protocol.ext.allow=never", "core.quotePath=false",
        "gc.autoDetach=false", "maintenance.autoDetach=false", "http.lowSpeedLimit=1000", "http.lowSpeedTime=60",
        "fetch.recurseSubmodules=no", "safe.bareRepository=all", "submodule.recurse=false",
    ];

    /// <param name="folder">Where it works.</param>
    /// <param name="ways">The protocols that it may use, with colons between them; what is read here needs none.</param>
    /// <param name="arguments">Each as it is.</param>
    /// <exception cref="TidemarkException"><c>source.unreadable</c>: git is not installed.</exception>
    public static Process Start(string folder, string ways, IEnumerable<string> arguments)
    {
        var program = ProgramPath.Find("git", Environment.GetEnvironmentVariable("PATH")) ?? throw Missing(null);
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Settings.SelectMany(setting => new[] { "-c", setting }).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => !ProgramEnvironment.Passes(name) && !Ways.Contains(name)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_ALLOW_PROTOCOL"] = ways;
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C";
        start.Environment.TryAdd("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=30");
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw Missing(e);
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<GitAnswer> RunAsync(string folder, string ways, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, ways, arguments);
        try
        {
            process.StandardInput.Close();
            var complaint = ReadEndAsync(process, cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            var said = await complaint.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new GitAnswer(process.ExitCode, output.TrimEnd('\n'), said);
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>The last of what it complains of, on one line and without what would move a cursor.</summary>
    public static async Task<string> ReadEndAsync(Process process, CancellationToken cancellationToken)
    {
        const int Most = 600;
        var buffer = new char[4096];
        var end = new StringBuilder();
        while (await process.StandardError.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            end.Append(buffer, 0, read);
            end.Remove(0, Math.Max(0, end.Length - (4 * Most)));
        }

        var words = end.ToString().Split(null as char[], StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words.Select(word => string.Concat(word.Where(c => !char.IsControl(c)))));
        return line.Length <= Most ? line : "… " + line[^Most..];
    }

    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended meanwhile.
        }
    }

    private static TidemarkException Missing(Exception? inner) => new(
        ErrorCodes.SourceUnreadable,
        "'git' cannot be started, and it reads repositories" + (inner is null ? "" : $": {inner.Message}"),
        "install git, and have its folder in PATH",
        inner);
}

/// <summary>What git said.</summary>
/// <param name="ExitCode">0: it was done.</param>
/// <param name="Output">Without the last line end.</param>
/// <param name="Complaint">On one line.</param>
internal sealed record GitAnswer(int ExitCode, string Output, string Complaint);

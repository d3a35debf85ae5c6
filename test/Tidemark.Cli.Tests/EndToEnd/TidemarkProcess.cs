using System.Diagnostics;
using System.Text;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>
/// The built executable as a person would start it, in an environment of its own: working directory and HOME are the
/// test's, and nothing of the machine's settings reaches it.
/// </summary>
internal sealed class TidemarkProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] Kept = ["PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "LANG", "TMPDIR"];

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly StringBuilder _printed = new();
    private readonly StringBuilder _written = new();
    private readonly string _commandLine;

    private TidemarkProcess(Process process, string commandLine)
    {
        _process = process;
        _commandLine = commandLine;
        _output = CollectAsync(process.StandardOutput, _printed);
        _errors = CollectAsync(process.StandardError, _written);
    }

    /// <summary>
    /// What was built with the tests, for the .NET runtime, in its own folder: the copy beside the tests lacks what the tests' web
    /// server brings.
    /// </summary>
    public static string Built { get; } = FindBuilt();

    /// <summary>The executable: <c>TIDEMARK_EXE</c>, as eng/test publishes it, else <see cref="Built"/>.</summary>
    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("TIDEMARK_EXE") is { Length: > 0 } named ? Path.GetFullPath(named) : Built;

    private static string FindBuilt()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = framework.Parent!.Name;
        var root = framework.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
        var name = OperatingSystem.IsWindows() ? "tidemark.exe" : "tidemark";
        return Path.Combine(root, "src", "Tidemark.Cli", "bin", configuration, framework.Name, name);
    }

    public StreamWriter Input => _process.StandardInput;

    /// <summary>What it wrote to standard error until now.</summary>
    public string ErrorsSoFar => Read(_written);

    /// <summary>What it wrote to standard output until now.</summary>
    public string OutputSoFar => Read(_printed);

    public bool HasExited => _process.HasExited;

    /// <summary>The files that the process has mapped: its libraries and assemblies.</summary>
    public string LoadedFiles()
    {
        try
        {
            return File.ReadAllText($"/proc/{_process.Id}/maps");
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>What the process has in memory; 0: it has ended.</summary>
    public long ResidentBytes()
    {
        try
        {
            var pages = File.ReadAllText($"/proc/{_process.Id}/statm").Split(' ');
            return pages.Length > 1 ? long.Parse(pages[1]) * Environment.SystemPageSize : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public static TidemarkProcess Start(
        string directory,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? executable = null)
    {
        var start = new ProcessStartInfo(executable ?? Executable)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Except(Kept, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = directory;
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        return new TidemarkProcess(process, "tidemark " + string.Join(' ', arguments));
    }

    /// <summary>Closes standard input and waits for the end.</summary>
    public Task<ProcessResult> FinishAsync()
    {
        CloseInput();
        return ExitAsync();
    }

    /// <summary>Waits for the end while standard input stays open.</summary>
    public async Task<ProcessResult> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            Kill();
            throw new TimeoutException($"'{_commandLine}' did not end within {Patience.TotalSeconds} s.", e);
        }

        return new ProcessResult(_commandLine, _process.ExitCode, await _output, await _errors);
    }

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public void Interrupt() => Signal("-INT");

    /// <param name="signal">As <c>kill</c> takes it: <c>-TERM</c>.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString()]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL: the process gets no chance to tidy up.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended already.
        }

        _process.WaitForExit();
    }

    /// <summary>SIGKILL at an instant, unless it has ended by then.</summary>
    public async Task KillAfterAsync(TimeSpan instant)
    {
        using var passed = new CancellationTokenSource(instant);
        await Task.WhenAny(ExitAsync(), Task.Delay(Timeout.Infinite, passed.Token));
        Kill();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading everything: its exit code will say why.
        }
    }

    private static string Read(StringBuilder collected)
    {
        lock (collected)
        {
            return collected.ToString();
        }
    }

    private static async Task<string> CollectAsync(StreamReader stream, StringBuilder collected)
    {
        var part = new char[4096];
        while (await stream.ReadAsync(part.AsMemory(), CancellationToken.None) is > 0 and var read)
        {
            lock (collected)
            {
                collected.Append(part, 0, read);
            }
        }

        return Read(collected);
    }
}

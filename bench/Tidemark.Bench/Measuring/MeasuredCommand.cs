using System.Diagnostics;

namespace Tidemark.Bench.Measuring;

/// <summary>Starts a program and measures it from outside.</summary>
internal sealed record MeasuredCommand(string Program, IReadOnlyList<string> Arguments, string Directory)
{
    /// <summary>Variables that the program gets beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public override string ToString() => Path.GetFileName(Program) + " " + string.Join(' ', Arguments);

    /// <summary>Runs once; any exit code but 0 is an error.</summary>
    public Measurement Run()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = Directory;
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{Program}' did not start.");
        var peak = 0L;
        using var watching = new CancellationTokenSource();
        var watcher = new Thread(() => Watch(process.Id, watching.Token, ref peak)) { IsBackground = true };
        watcher.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        watch.Stop();
        watching.Cancel();
        watcher.Join();
        return process.ExitCode == 0
            ? new Measurement(watch.Elapsed, peak, output)
            : throw new InvalidOperationException(
                $"'{this}' in '{Directory}' ended with exit code {process.ExitCode}: {output} {errors.GetAwaiter().GetResult()}");
    }

    /// <summary>The run in the middle of <paramref name="runs"/>, by time; <paramref name="prepare"/> is not measured.</summary>
    public Measurement Median(int runs, Action? prepare = null)
    {
        var measured = new List<Measurement>(runs);
        for (var i = 0; i < runs; i++)
        {
            prepare?.Invoke();
            measured.Add(Run());
        }

        return measured.OrderBy(m => m.Elapsed).ElementAt(runs / 2);
    }

    /// <summary>The kernel keeps the high-water mark, so the last look before the end is what counts.</summary>
    private static void Watch(int process, CancellationToken cancellationToken, ref long peak)
    {
        var status = $"/proc/{process}/status";
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                foreach (var line in File.ReadLines(status).Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)))
                {
                    var kilobytes = line.AsSpan(6).Trim();
                    peak = Math.Max(peak, long.Parse(kilobytes[..kilobytes.IndexOf(' ')]) * 1024);
                }
            }
            catch (IOException)
            {
                return;
            }

            cancellationToken.WaitHandle.WaitOne(5);
        }
    }
}

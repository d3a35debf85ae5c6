using System.ComponentModel;
using System.Diagnostics;

namespace Tidemark.Formats;

/// <summary>One run of a program over one file.</summary>
internal sealed class CommandRun
{
    private static int s_runs;

    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Folder { get; init; }

    /// <summary>A file that the program gets on standard input; null: it gets nothing.</summary>
    public required string? Input { get; init; }

    public required long MaxOutputBytes { get; init; }

    /// <summary>Whatever ends this ends the program and all that it has started.</summary>
    /// <exception cref="CommandMissingException">It cannot be started.</exception>
    /// <exception cref="CommandTooLargeException">It wrote too much.</exception>
    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mark = $"{Environment.ProcessId}.{Interlocked.Increment(ref s_runs)}";
        using var process = Start(mark);
        try
        {
            var feeding = FeedAsync(process, cancellationToken);
            var errors = CommandStreams.ReadEndAsync(process.StandardError.BaseStream, cancellationToken);
            var output = await CommandStreams.ReadAsync(process.StandardOutput.BaseStream, MaxOutputBytes, cancellationToken)
                .ConfigureAwait(false);
            var complaint = await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            await feeding.ConfigureAwait(false);
            return new CommandResult(process.ExitCode, output, complaint);
        }
        catch
        {
            ProcessTree.Kill(process, mark);
            throw;
        }
    }

    private Process Start(string mark)
    {
        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What is secret, or Tidemark's own, is none of the program's business.
        foreach (var name in start.Environment.Keys.Where(IsWithheld).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment[ProcessTree.Mark] = mark;
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new CommandMissingException(e);
        }
    }

    private static bool IsWithheld(string variable) =>
        variable.EndsWith("OPENAI_API_KEY", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("TIDEMARK__", StringComparison.OrdinalIgnoreCase);

    /// <summary>A program that does not read to the end is free to do so.</summary>
    private async Task FeedAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            var input = process.StandardInput.BaseStream;
            await using (input.ConfigureAwait(false))
            {
                if (Input is not null)
                {
                    var file = File.OpenRead(Input);
                    await using var held = file.ConfigureAwait(false);
                    await file.CopyToAsync(input, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            // The pipe is closed, or the file has gone: the stamp of the file tells the latter.
        }
    }
}

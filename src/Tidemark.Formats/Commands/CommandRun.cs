using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using Tidemark.Files;

namespace Tidemark.Formats;

/// <summary>One run of a program over one file.</summary>
internal sealed class CommandRun
{
    private const int CopySize = 64 << 10;

    private static int s_runs;

    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Folder { get; init; }

    /// <summary>A file that the program gets on standard input, from its beginning; null: it gets nothing.</summary>
    public required SafeFileHandle? Input { get; init; }

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
        var program = ProgramPath.Find(Program, Environment.GetEnvironmentVariable("PATH"))
            ?? throw new CommandMissingException(new FileNotFoundException("it is in no folder of PATH"));
        var start = new ProcessStartInfo(program)
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

        foreach (var name in start.Environment.Keys.Where(name => !ProgramEnvironment.Passes(name)).ToArray())
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
                    await CopyAsync(Input, input, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            // The pipe is closed, or the file cannot be read: its stamp tells whether it has changed.
        }
    }
    private static async Task CopyAsync(SafeFileHandle file, Stream input, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopySize];
        for (var at = 0L; ;)
        {
            var read = await RandomAccess.ReadAsync(file, buffer, at, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            await input.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            at += read;
        }
    }
}

using System.Collections;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;

namespace Tidemark.Cli.Commands;

/// <summary>
/// The world around a call: streams, folder, environment, clock, and the options that every command has.
/// </summary>
internal sealed record CommandHost
{
    public required Terminal Terminal { get; init; }

    /// <summary>The working directory, absolute.</summary>
    public required string Folder { get; init; }

    public required IDictionary Environment { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether the process was asked to end by its supervisor (SIGTERM), not by a person at the keyboard.</summary>
    public Func<bool> IsTerminated { get; init; } = () => false;

    /// <summary>Whether there is a person at a terminal who can be asked something.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Waits for a line that the person types; null: there is none.</summary>
    public Func<string?> ReadAnswer { get; init; } = () => null;

    public SharedOptions Shared { get; } = new();

    /// <exception cref="TidemarkException">The working directory is not there.</exception>
    public static CommandHost OfProcess(Terminal terminal, Interruption interruption) => new()
    {
        Terminal = terminal,
        Folder = WorkingFolder(),
        Environment = System.Environment.GetEnvironmentVariables(),
        IsTerminated = () => interruption.IsTermination,
        CanAsk = terminal.IsErrorTerminal && StandardInput.IsTerminal,
        ReadAnswer = () => StandardInput.ReadLine(interruption.Token),
    };

    /// <summary>Asks the person at the terminal; without one, and without an answer, the answer is no.</summary>
    public bool Confirm(string question)
    {
        if (!CanAsk)
        {
            return false;
        }

        Terminal.Error.Write($"{question} [y/N] ");
        Terminal.Error.Flush();
        return ReadAnswer()?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    private static string WorkingFolder()
    {
        try
        {
            return System.Environment.CurrentDirectory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                "the working directory is not there any more, or may not be looked at",
                "change to a folder that is there: cd",
                e);
        }
    }
}

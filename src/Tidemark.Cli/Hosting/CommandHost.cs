using System.Collections;
using Tidemark.Cli.Commands;

namespace Tidemark.Cli.Hosting;

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

    public SharedOptions Shared { get; } = new();

    public static CommandHost OfProcess(Terminal terminal) => new()
    {
        Terminal = terminal,
        Folder = System.Environment.CurrentDirectory,
        Environment = System.Environment.GetEnvironmentVariables(),
    };
}

namespace Tidemark.Cli.Hosting;

/// <summary>What comes in from outside.</summary>
internal static class StandardInput
{
    public static bool IsTerminal => StandardDescriptors.IsInherited(0) && !Console.IsInputRedirected;

    /// <exception cref="TidemarkException"><c>usage</c>: it is closed.</exception>
    public static Stream Open() => StandardDescriptors.IsInherited(0)
        ? Console.OpenStandardInput()
        : throw new TidemarkException(
            ErrorCodes.Usage, "standard input is closed", "pipe JSON lines in, or name a file of them");

    /// <summary>A line that a person types; null: the input has ended.</summary>
    public static string? ReadLine(CancellationToken cancellationToken) =>
        Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken).GetAwaiter().GetResult();
}

using Microsoft.Win32.SafeHandles;
using Tidemark.Files;

namespace Tidemark.Cli.Hosting;

/// <summary>What comes in from outside.</summary>
internal static class StandardInput
{
    public static bool IsTerminal => StandardDescriptors.IsInherited(0) && !Console.IsInputRedirected;

    /// <exception cref="TidemarkException"><c>usage</c>: it is closed, a folder, or only to be written to.</exception>
    /// <param name="remedy">What to do where it cannot be read.</param>
    public static Stream Open(string remedy)
    {
        var fault = !StandardDescriptors.IsInherited(0) ? "is closed"
            : IsFolder() ? "is a folder"
            : !StandardDescriptors.IsReadable(0) ? "is open for writing only"
            : null;
        return fault is null
            ? Console.OpenStandardInput()
            : throw new TidemarkException(
                ErrorCodes.Usage, $"standard input {fault}", remedy);
    }

    /// <summary>A line that a person types; null: the input has ended.</summary>
    public static string? ReadLine(CancellationToken cancellationToken) =>
        Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken).GetAwaiter().GetResult();

    private static bool IsFolder()
    {
        using var input = new SafeFileHandle(0, ownsHandle: false);
        return OperatingSystem.IsLinux() && FileFacts.Of(input).Type == FileType.Folder;
    }
}

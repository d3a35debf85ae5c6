using Tidemark.Documents;

namespace Tidemark.Cli.Composition;

internal static class CleanupModes
{
    /// <summary>
    /// One of the names that the settings allow; <c>scoped-full</c> is what <c>incremental</c> does here.
    /// </summary>
    public static CleanupMode Parse(string name) => name switch
    {
        "none" => CleanupMode.None,
        "full" => CleanupMode.Full,
        _ => CleanupMode.Incremental,
    };
}

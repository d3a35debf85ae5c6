namespace Tidemark.Documents;

/// <summary>What cleanup modes are called wherever they are read and written.</summary>
public static class CleanupModeName
{
    /// <summary>All names; <c>scoped-full</c> is another tool's word for what <c>incremental</c> does here.</summary>
    public static IReadOnlyList<string> All { get; } = ["none", "incremental", "full", "scoped-full"];

    /// <summary>The name of a mode.</summary>
    public static string Of(CleanupMode mode) => mode switch
    {
        CleanupMode.Full => "full",
        CleanupMode.Incremental => "incremental",
        _ => "none",
    };

    /// <returns>Null: there is no such mode.</returns>
    public static CleanupMode? Parse(string? name) => name switch
    {
        "none" => CleanupMode.None,
        "incremental" or "scoped-full" => CleanupMode.Incremental,
        "full" => CleanupMode.Full,
        _ => null,
    };
}

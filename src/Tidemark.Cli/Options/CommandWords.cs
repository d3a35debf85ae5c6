namespace Tidemark.Cli.Options;

/// <summary>What advice has to know of the commands that it names.</summary>
internal static class CommandWords
{
    public const string Namespace = "namespace";
    public const string Queue = "queue";
    public const string Archive = "archive";
    public const string Hold = "hold";
    public const string Migrate = "migrate";
    public const string Golden = "golden";
    public const string Keys = "keys";

    /// <summary>Those that work on the store of <c>--store</c>, and find it there.</summary>
    public static IReadOnlyList<string> WithStore { get; } =
    [
        "apply", Archive, "diff", "enqueue", "expire", "export", "forget", "gc", Golden, "history", Hold, "import", Keys, "list", Migrate, Namespace, "plan", "purge", Queue, "restore", "runs",
        "search", "show", "status", "sync", "verify", "why", "worker",
    ];

    /// <summary>Those of which the second word says what is done.</summary>
    public static IReadOnlyList<string> Groups { get; } = [Archive, Golden, Hold, Keys, Migrate, Namespace, Queue];
}

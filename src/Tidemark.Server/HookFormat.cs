namespace Tidemark.Server;

/// <summary>What a webhook's body is.</summary>
public enum HookFormat
{
    /// <summary>One event: the JSON value that the body is.</summary>
    Json,

    /// <summary>CloudEvents 1.0 over HTTP, whichever way: binary, structured, batched.</summary>
    CloudEvents,

    /// <summary>Debezium's envelope, with or without its schema.</summary>
    Debezium,
}

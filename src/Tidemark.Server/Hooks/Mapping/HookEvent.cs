namespace Tidemark.Server.Hooks.Mapping;

/// <summary>One event of a delivery.</summary>
/// <param name="Id">What its sender calls it; null: nothing.</param>
/// <param name="Scope">What pointers lead to.</param>
internal sealed record HookEvent(string? Id, EventScope Scope)
{
    /// <summary>What it means, where the format says so; null: the mapping does.</summary>
    public EventFate? Fate { get; init; }

    /// <summary>What orders it, where the format says so; null: the mapping does.</summary>
    public long? Version { get; init; }

    /// <summary>Why it is no event; null: it is one.</summary>
    public EventFault? Fault { get; init; }
}

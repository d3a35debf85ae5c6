namespace Tidemark.Server.Hooks.Mapping;

/// <summary>What an event means for its document.</summary>
internal enum EventFate
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>It is as the event has it.</summary>
    Upsert,

    /// <summary>It is gone.</summary>
    Delete,
}

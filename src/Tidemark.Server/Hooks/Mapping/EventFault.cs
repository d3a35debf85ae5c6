namespace Tidemark.Server.Hooks.Mapping;

/// <summary>Why no document can be made of an event.</summary>
internal sealed class EventFault(string message, string remedy) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Remedy => remedy;
}

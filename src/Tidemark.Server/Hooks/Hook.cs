using Tidemark.Server.Hooks.Mapping;
using Tidemark.Server.Hooks.Signing;

namespace Tidemark.Server.Hooks;

/// <summary>A webhook as it was configured, checked and read. Immutable.</summary>
/// <param name="Options">What was said.</param>
/// <param name="Keys">What its senders are known by.</param>
/// <param name="Map">Makes documents of events.</param>
internal sealed record Hook(HookOptions Options, HookKeys Keys, EventMaps Map)
{
    public string Name => Options.Name;

    /// <summary>The source that its documents belong to.</summary>
    public string Source => Options.Mapping.Source ?? Options.Name;

    /// <summary>Who it is in the audit log and among those whose requests are counted.</summary>
    public string Caller => $"hook:{Options.Name}";

    /// <summary>Keys are no text.</summary>
    public override string ToString() => Caller;
}

using System.Collections.Frozen;

namespace Tidemark.Server.Hooks.Mapping;

/// <summary>
/// Which mapping an event is made a document by: of a hook with several, the one that is called as the event says in the place that is named for it,
/// for instance by its table. Pure; immutable.
/// </summary>
internal sealed class EventMaps
{
    /// <summary>The name of the mapping of events that no other one is for.</summary>
    public const string Others = "*";

    private readonly EventValue? _by;
    private readonly FrozenDictionary<string, EventMap> _maps;
    private readonly EventMap? _others;

    /// <param name="by">Where an event says which; null: there is one mapping alone.</param>
    /// <param name="maps">By name.</param>
    /// <exception cref="FormatException"><paramref name="by"/> is no value.</exception>
    public EventMaps(string? by, IReadOnlyDictionary<string, EventMap> maps)
    {
        try
        {
            _by = by is null ? null : EventValue.Parse(by);
        }
        catch (FormatException e)
        {
            throw new FormatException($"'by': {e.Message}", e);
        }

        _maps = maps.ToFrozenDictionary(StringComparer.Ordinal);
        _others = _maps.GetValueOrDefault(Others);
    }

    public MappedEvent Map(HookEvent one)
    {
        if (_by is null || one.Fault is not null || one.Fate == EventFate.Ignore)
        {
            return (_others ?? _maps.Values[0]).Map(one);
        }

        try
        {
            var name = _by.Text(one.Scope) ?? "";
            return (_maps.GetValueOrDefault(name) ?? _others) is { } map ? map.Map(one) : OfNone(
                one,
                $"the hook has no mapping for {EventFault.Shown(name)}",
                $"add one to its 'mappings' (\"{Others}\" is for all that have none; {{\"ignore\":[\"*\"]}} for what is of no concern)");
        }
        catch (EventFault fault)
        {
            return OfNone(one, fault.Message, fault.Remedy);
        }
        catch (InvalidOperationException)
        {
            return new MappedEvent.Poison(null, EventFault.NoUnicode.Message, EventFault.NoUnicode.Remedy);
        }
    }

    /// <summary>What is of no concern to any mapping need not say for which it is, as a sender's first greeting does not.</summary>
    private MappedEvent OfNone(HookEvent one, string message, string remedy) =>
        _maps.Values.All(map => map.Map(one) is MappedEvent.Ignored) ? new MappedEvent.Ignored() : new MappedEvent.Poison(null, message, remedy);
}

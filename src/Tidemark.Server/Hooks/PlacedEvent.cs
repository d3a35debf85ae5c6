using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks;

/// <summary>What was made of one event of a delivery.</summary>
/// <param name="Event">A change, or why there is none.</param>
/// <param name="Names">What the events of its delivery are called.</param>
/// <param name="Place">Among them.</param>
internal sealed record PlacedEvent(MappedEvent Event, EventNames Names, int Place)
{
    public string Name => Names.Of(Place);

    /// <param name="taken">The delivery.</param>
    /// <param name="sent">What the sender calls it; empty: nothing.</param>
    /// <param name="events">In their order.</param>
    public static List<PlacedEvent> Of(TakenDelivery taken, string sent, IReadOnlyList<HookEvent> events)
    {
        var names = new EventNames(taken, sent, events);
        return [.. events.Select((one, place) => new PlacedEvent(taken.Hook.Map.Map(one), names, place))];
    }
}

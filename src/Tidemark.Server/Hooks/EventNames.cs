using System.Globalization;
using System.Security.Cryptography;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks;

/// <summary>
/// What events are called among dead letters: by what is signed of them, a name or their content, so that one that is sent again takes no second
/// place. Never as a document is.
/// </summary>
/// <param name="taken">How they came.</param>
/// <param name="sent">What the sender calls the delivery, signed or not; empty: nothing.</param>
/// <param name="events">In their order.</param>
internal sealed class EventNames(TakenDelivery taken, string sent, IReadOnlyList<HookEvent> events)
{
    private const int Longest = 200, HashDigits = 16;

    private string Delivery => Printable(taken.Id)
        ?? Convert.ToHexStringLower(SHA256.HashData(taken.Body.Bytes.Span))[..HashDigits];

    public string Of(int place) =>
        $"webhook:{taken.Hook.Name}/{Printable(events[place].Id) ?? (events.Count == 1 ? Delivery : string.Create(CultureInfo.InvariantCulture, $"{Delivery}#{place + 1}"))}";

    /// <summary>For people who look for it where it was sent.</summary>
    public string Sent => Printable(sent) is { } name ? $" (delivery '{name}')" : "";

    private static string? Printable(string? name) =>
        name is { Length: > 0 and <= Longest } && name.All(c => !char.IsControl(c) && !char.IsSurrogate(c)) ? name : null;
}

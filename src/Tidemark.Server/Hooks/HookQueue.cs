using System.Globalization;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Server.Hooks.Mapping;
using Tidemark.Server.Http;
using Tidemark.Sources;
using Tidemark.Streaming;

namespace Tidemark.Server.Hooks;

/// <summary>Puts what events were mapped to into the queue, read by the rules of JSON lines, so that one document means the same whichever way it comes.</summary>
internal static class HookQueue
{
    /// <summary>All of it is safe when this ends.</summary>
    /// <param name="call">The request.</param>
    /// <param name="hook">Where it came in.</param>
    /// <param name="mapped">What was made of each event.</param>
    /// <param name="names">What each is called in the place of a document.</param>
    /// <exception cref="TidemarkException">The queue is full, or the store does not take it; what was put there already changes nothing when it comes again.</exception>
    public static async Task<HookTally> PutAsync(Call call, Hook hook, IReadOnlyList<MappedEvent> mapped, Func<int, string> names)
    {
        var places = mapped.Select((one, at) => (Event: one, At: at)).ToList();
        var (changes, forgotten) = (default(EnqueueResult), 0L);
        var dead = places
            .Where(place => place.Event is MappedEvent.Poison)
            .Select(place => Bury(call, (MappedEvent.Poison)place.Event, names(place.At), hook))
            .ToList();
        foreach (var group in places.Where(place => place.Event is MappedEvent.Change).GroupBy(place => ((MappedEvent.Change)place.Event).Namespace ?? call.Namespace, StringComparer.Ordinal))
        {
            var lines = group.ToList();
            var report = await call.Index.EnqueueAsync(
                new EnqueueOptions { Namespace = group.Key, Sources = [ListOf(hook, lines)], MostWaiting = call.Options.MostWaiting }, CancellationToken.None);
            changes += report.Changes;
            forgotten += report.Forgotten;
            dead.AddRange(report.Errors.Select(error => (group.Key, FailureOf(hook, names(lines[LineOf(error)].At), error))));
            call.Service.Hands.WorkFor(group.Key);
        }

        foreach (var group in dead.GroupBy(one => one.Namespace, StringComparer.Ordinal))
        {
            await call.Index.Queue.BuryAsync(hook.Source, [.. group.Select(one => one.Failure)], group.Key, CancellationToken.None);
            call.Service.Hands.WorkFor(group.Key);
        }

        return new HookTally(changes, forgotten, dead);
    }

    private static JsonLinesSource ListOf(Hook hook, List<(MappedEvent Event, int At)> lines)
    {
        var text = new MemoryStream();
        foreach (var (one, _) in lines)
        {
            text.Write(((MappedEvent.Change)one).Line);
            text.WriteByte((byte)'\n');
        }

        text.Position = 0;
        return new JsonLinesSource(text, new JsonLinesOptions { Name = hook.Source, RequireIdentity = true, ForQueue = true, MaxLineBytes = int.MaxValue });
    }

    private static int LineOf(ItemFailure failure) => int.Parse(failure.Item.AsSpan("line ".Length), NumberStyles.None, CultureInfo.InvariantCulture) - 1;

    private static (string Namespace, ItemFailure Failure) Bury(Call call, MappedEvent.Poison poison, string name, Hook hook) =>
        (poison.Namespace ?? call.Namespace, FailureOf(hook, name, new ItemFailure(name, ErrorCodes.EventUnmapped, poison.Message, poison.Remedy, HidesDocuments: false)));

    /// <summary>It names the event and the place in it, and nothing that stands there.</summary>
    private static ItemFailure FailureOf(Hook hook, string name, ItemFailure failure)
    {
        var message = failure.Message.Replace($"'{failure.Item}' ", "it ", StringComparison.Ordinal);
        return new ItemFailure(
            name,
            ErrorCodes.EventUnmapped,
            $"no document could be made of an event of the hook '{hook.Name}': {message}",
            $"{failure.Remedy}; then have the event delivered again, and drop this one",
            HidesDocuments: false);
    }
}

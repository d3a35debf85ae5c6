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
    /// <summary>So many at once, since a report names no more failures than this.</summary>
    private const int MostLines = 1000;

    /// <summary>All of it is safe when this ends.</summary>
    /// <param name="call">The request.</param>
    /// <param name="hook">Where it came in.</param>
    /// <param name="mapped">What was made of each event.</param>
    /// <param name="names">What each is called in the place of a document.</param>
    /// <exception cref="TidemarkException">The queue is full, or the store does not take it; what was put there already changes nothing when it comes again.</exception>
    public static async Task<HookTally> PutAsync(Call call, Hook hook, IReadOnlyList<MappedEvent> mapped, EventNames names)
    {
        var places = mapped.Select((one, at) => (Event: one, At: at)).ToList();
        var (changes, forgotten) = (default(EnqueueResult), 0L);
        var dead = places
            .Where(place => place.Event is MappedEvent.Poison)
            .Select(place => new DeadEvent(
                NamespaceOf(call, (MappedEvent.Poison)place.Event), SourceOf(hook, place.Event), FailureOf(hook, names, place.At, (MappedEvent.Poison)place.Event)))
            .ToList();
        foreach (var group in places.Where(place => place.Event is MappedEvent.Change).GroupBy(place => (Namespace: ((MappedEvent.Change)place.Event).Namespace ?? call.Namespace, Source: SourceOf(hook, place.Event))))
        {
            foreach (var lines in group.Chunk(MostLines))
            {
                var report = await call.Index.EnqueueAsync(
                    new EnqueueOptions { Namespace = group.Key.Namespace, Sources = [ListOf(group.Key.Source, lines)], MostWaiting = call.Options.MostWaiting }, CancellationToken.None);
                changes += report.Changes;
                forgotten += report.Forgotten;
                dead.AddRange(report.Errors.Select(error => new DeadEvent(
                    group.Key.Namespace, group.Key.Source, FailureOf(hook, names, lines[LineOf(error)].At, Poison(lines[LineOf(error)].Event, error)))));
            }

            call.Service.Hands.WorkFor(group.Key.Namespace);
        }

        foreach (var group in dead.GroupBy(one => (one.Namespace, one.Source)))
        {
            await call.Index.Queue.BuryAsync(group.Key.Source, [.. group.Select(one => one.Failure)], group.Key.Namespace, CancellationToken.None);
            call.Service.Hands.WorkFor(group.Key.Namespace);
        }

        return new HookTally(changes, forgotten, dead);
    }

    private static string SourceOf(Hook hook, MappedEvent one) => one.Source ?? hook.Source;

    private static JsonLinesSource ListOf(string source, (MappedEvent Event, int At)[] lines)
    {
        var text = new MemoryStream();
        foreach (var (one, _) in lines)
        {
            text.Write(((MappedEvent.Change)one).Line);
            text.WriteByte((byte)'\n');
        }

        text.Position = 0;
        return new JsonLinesSource(text, new JsonLinesOptions { Name = source, RequireIdentity = true, ForQueue = true, MaxLineBytes = int.MaxValue });
    }

    private static int LineOf(ItemFailure failure) => int.Parse(failure.Item.AsSpan("line ".Length), NumberStyles.None, CultureInfo.InvariantCulture) - 1;

    /// <summary>Where nothing says where it belongs, it is seen by whoever sent it.</summary>
    private static string NamespaceOf(Call call, MappedEvent.Poison poison) =>
        poison.Namespace ?? (call.Caller.MaySee(call.Namespace) ? call.Namespace : call.Caller.Namespaces![0]);

    /// <summary>A line that the rules of JSON lines do not take, or the queue: without the line's number and the document's id.</summary>
    private static MappedEvent.Poison Poison(MappedEvent change, ItemFailure line)
    {
        var (space, document, _) = (MappedEvent.Change)change;
        var message = line.Message.Replace($"'{line.Item}' ", "it ", StringComparison.Ordinal).Replace($"'{document}' ", "it ", StringComparison.Ordinal);
        return new(space, message, line.Remedy);
    }

    /// <summary>It names the event and the place in it, and nothing that stands there.</summary>
    private static ItemFailure FailureOf(Hook hook, EventNames names, int place, MappedEvent.Poison poison) => new(
        names.Of(place),
        ErrorCodes.EventUnmapped,
        $"no document could be made of an event of the hook '{hook.Name}'{names.Sent}: {poison.Message}",
        $"{poison.Remedy}; then have the event delivered again, and drop this one",
        HidesDocuments: false);
}

using System.Globalization;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Server.Hooks.Mapping;
using Tidemark.Sources;
using Tidemark.Streaming;

namespace Tidemark.Server.Hooks;

/// <summary>Puts what events were mapped to into the queue, read by the rules of JSON lines, so that one document means the same whichever way it comes.</summary>
internal static class HookQueue
{
    /// <summary>So many at once, since a report names no more failures than this.</summary>
    private const int MostLines = 1000;

    /// <summary>All of it is safe when this ends.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="hook">Where it came in.</param>
    /// <param name="events">What was made of each event, in their order.</param>
    /// <exception cref="TidemarkException">The queue is full, or the store does not take it; what was put there already changes nothing when it comes again.</exception>
    public static async Task<HookTally> PutAsync(HookTarget target, Hook hook, IReadOnlyList<PlacedEvent> events)
    {
        var (service, changes, forgotten) = (target.Service, default(EnqueueResult), 0L);
        var dead = events
            .Where(one => one.Event is MappedEvent.Poison)
            .Select(one => DeadOf(((MappedEvent.Poison)one.Event).Namespace ?? target.OfNowhere, hook, one, (MappedEvent.Poison)one.Event))
            .ToList();
        foreach (var group in events.Where(one => one.Event is MappedEvent.Change).GroupBy(one => (Namespace: ((MappedEvent.Change)one.Event).Namespace ?? target.Namespace, Source: SourceOf(hook, one.Event))))
        {
            foreach (var lines in group.Chunk(MostLines))
            {
                await PutLinesAsync(group.Key.Namespace, group.Key.Source, lines);
            }

            service.Hands.WorkFor(group.Key.Namespace);
        }

        foreach (var group in dead.GroupBy(one => (one.Namespace, one.Source)))
        {
            await service.Index.Queue.BuryAsync(group.Key.Source, [.. group.Select(one => one.Failure)], group.Key.Namespace, CancellationToken.None);
            service.Hands.WorkFor(group.Key.Namespace);
        }

        return new HookTally(changes, forgotten, dead);

        // What does not fit as a whole goes in halves: more than the queue ever holds would not get in otherwise, however empty it is.
        async Task PutLinesAsync(string @namespace, string source, PlacedEvent[] lines)
        {
            try
            {
                var report = await service.Index.EnqueueAsync(
                    new EnqueueOptions { Namespace = @namespace, Sources = [ListOf(source, lines)], MostWaiting = service.Options.MostWaiting }, CancellationToken.None);
                changes += report.Changes;
                forgotten += report.Forgotten;
                dead.AddRange(report.Errors.Select(error => (Line: lines[LineOf(error)], Error: error)).Select(one =>
                    DeadOf(@namespace, hook, one.Line, Poison(one.Line.Event, one.Error))));
            }
            catch (TidemarkException full) when (full.Code == ErrorCodes.QueueFull)
            {
                service.Hands.WorkFor(@namespace);
                if (lines.Length == 1)
                {
                    throw;
                }

                await PutLinesAsync(@namespace, source, lines[..(lines.Length / 2)]);
                await PutLinesAsync(@namespace, source, lines[(lines.Length / 2)..]);
            }
        }
    }

    private static DeadEvent DeadOf(string @namespace, Hook hook, PlacedEvent one, MappedEvent.Poison poison) =>
        new(@namespace, SourceOf(hook, one.Event), FailureOf(hook, one, poison), one.Names);

    private static string SourceOf(Hook hook, MappedEvent one) => one.Source ?? hook.Source;

    private static JsonLinesSource ListOf(string source, PlacedEvent[] lines)
    {
        var text = new MemoryStream();
        foreach (var line in lines)
        {
            text.Write(((MappedEvent.Change)line.Event).Line);
            text.WriteByte((byte)'\n');
        }

        text.Position = 0;
        return new JsonLinesSource(text, new JsonLinesOptions { Name = source, RequireIdentity = true, ForQueue = true, MaxLineBytes = int.MaxValue });
    }

    private static int LineOf(ItemFailure failure) => int.Parse(failure.Item.AsSpan("line ".Length), NumberStyles.None, CultureInfo.InvariantCulture) - 1;

    /// <summary>A line that the rules of JSON lines do not take, or the queue: without the line's number and the document's id.</summary>
    private static MappedEvent.Poison Poison(MappedEvent change, ItemFailure line)
    {
        var (space, document, _) = (MappedEvent.Change)change;
        var message = line.Message.Replace($"'{line.Item}' ", "it ", StringComparison.Ordinal).Replace($"'{document}' ", "it ", StringComparison.Ordinal);
        return new(space, message, line.Remedy);
    }

    /// <summary>It names the event and the place in it, and nothing that stands there.</summary>
    private static ItemFailure FailureOf(Hook hook, PlacedEvent one, MappedEvent.Poison poison) => new(
        one.Name,
        ErrorCodes.EventUnmapped,
        $"no document could be made of an event of the hook '{hook.Name}'{one.Names.Sent}: {poison.Message}",
        $"{poison.Remedy}; then have the event delivered again, and drop this one",
        HidesDocuments: false);
}

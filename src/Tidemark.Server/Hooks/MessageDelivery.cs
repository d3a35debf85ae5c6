using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tidemark.Server.Hooks.Formats;
using Tidemark.Server.Hooks.Mapping;
using Tidemark.Server.Http;

namespace Tidemark.Server.Hooks;

/// <summary>Messages of a broker on their way into the queue: many at once, and each as a request with its body would be.</summary>
internal sealed class MessageDelivery(ServedIndex service, AuditTrail audit, Hook hook)
{
    public async Task<IntakeReport> TakeAsync(IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken)
    {
        await service.Index.OpenStoreAsync(cancellationToken);
        var placed = messages.Select(Read).ToList();
        var target = new HookTarget(service, service.Options.Namespace ?? service.Index.Namespace);
        var tally = await HookQueue.PutAsync(target, hook, [.. placed.SelectMany(events => events)]);
        var dead = tally.Dead.Select(one => one.Names).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var events in placed)
        {
            HookMetrics.Count(hook, events.Exists(one => dead.Contains(one.Names)) ? HookMetrics.Dead
                : events.Exists(one => one.Event is MappedEvent.Change) ? HookMetrics.Taken
                : HookMetrics.Ignored);
        }

        await audit.NoteAsync(hook.Caller, placed.Select(events => EntryOf(events, target)));
        return new IntakeReport(
            tally.Enqueued, tally.Changes.Outdated, tally.Forgotten, placed.Sum(events => events.Count(one => one.Event is MappedEvent.Ignored)), tally.Dead.Count);
    }

    private List<PlacedEvent> Read(EventMessage message)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, value) in message.Headers)
        {
            headers[name] = value;
        }

        var taken = new TakenDelivery(hook, message.Id, HookBody.Of(message.Body, hook.Options.MostBytes)) { Content = () => HashOf(message) };
        var events = headers.ContentEncoding.Count == 0 ? HookDelivery.EventsOf(taken, headers)
            : [HookFormats.Faulty(headers, new EventFault($"its body is packed ('{HeaderNames.ContentEncoding}')", "have the sender send it as it is"))];
        return PlacedEvent.Of(taken, message.Id ?? "", events);
    }

    /// <summary>Of its body and headers: a message that is acknowledged is nowhere else. The counts of a broker differ each time it sends one.</summary>
    private static byte[] HashOf(EventMessage message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(message.Body.Span);
        foreach (var (name, value) in message.Headers.Where(header => !IsCount(header.Key)).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{name.ToLowerInvariant()}\0{value}"));
        }

        return hash.GetHashAndReset();
    }

    private static bool IsCount(string header) => ((string[])["x-delivery-count", "x-acquired-count"]).Contains(header, StringComparer.OrdinalIgnoreCase);

    /// <summary>As it stands in the audit log: the document where it is of one.</summary>
    private static (string Namespace, string? Document, int Status) EntryOf(List<PlacedEvent> events, HookTarget target)
    {
        var change = events is [{ Event: MappedEvent.Change only }] ? only : null;
        var isIgnored = events.TrueForAll(one => one.Event is MappedEvent.Ignored);
        return (change?.Namespace ?? target.Namespace, change?.Document, isIgnored ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }
}

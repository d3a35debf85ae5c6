using Microsoft.AspNetCore.Http;
using Tidemark.Server.Hooks.Formats;
using Tidemark.Server.Hooks.Mapping;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Hooks;

/// <summary>
/// A delivery on its way into the queue: read, mapped, enqueued; answered with success as soon as it is safe. What cannot be mapped is safe
/// as a dead letter, and its sender is not asked to send it again.
/// </summary>
internal static class HookDelivery
{
    private const string IdempotencyKey = "Idempotency-Key", GitHubId = "X-GitHub-Delivery";

    public static async Task TakeAsync(Call call)
    {
        if (call.Arguments.Text(CommonParameters.Namespace.Name) is not null)
        {
            throw new TidemarkException(ErrorCodes.Usage, "the namespace of events is not said in their address", "say it in 'namespace' of the hook, where the service is configured");
        }

        var taken = HookEntrance.Of(call.Context);
        var headers = call.Context.Request.Headers;
        var events = EventsOf(taken, headers);
        var key = NameOf(taken, headers, events) is { } name ? DeliveryMemory.KeyOf(taken.Hook, name, taken.Body.Bytes.Span) : null;
        var store = await call.Index.OpenStoreAsync(call.Ended);
        if (key is not null && await DeliveryMemory.HasAsync(store, key, call.Ended))
        {
            HookMetrics.Count(taken.Hook, HookMetrics.Repeated);
            await AnswerAsync(call, taken.Hook, new HookTally(default, 0, []), ignored: 0, isRepeated: true);
            return;
        }

        var placed = PlacedEvent.Of(taken, headers[GitHubId].ToString(), events);
        var mapped = placed.ConvertAll(one => one.Event);
        Require(call, mapped);
        await call.Service.Tokens.SpendAsync(call.Caller, taken.Body.Bytes.Length, call.Ended);
        var tally = await HookQueue.PutAsync(TargetOf(call), taken.Hook, placed);
        if (key is not null && tally.Dead.Count == 0)
        {
            // What became a dead letter may be sent again when the mapping was corrected.
            await DeliveryMemory.KeepAsync(store, key, call.Service.Clock.GetUtcNow());
        }

        call.Context.Items[AuditTrail.SubjectItem] = mapped is [MappedEvent.Change { Document: var document }] ? document : null;
        HookMetrics.Count(taken.Hook, tally.Dead.Count > 0 ? HookMetrics.Dead : mapped.Exists(one => one is MappedEvent.Change) ? HookMetrics.Taken : HookMetrics.Ignored);
        await AnswerAsync(call, taken.Hook, tally, mapped.Count(one => one is MappedEvent.Ignored), isRepeated: false);
    }

    /// <summary>Where nothing says where a dead letter belongs, it is seen by whoever sent it.</summary>
    private static HookTarget TargetOf(Call call) => new(call.Service, call.Namespace)
    {
        OfNowhere = call.Caller.MaySee(call.Namespace) ? call.Namespace : call.Caller.Namespaces![0],
    };

    public static IReadOnlyList<HookEvent> EventsOf(TakenDelivery taken, IHeaderDictionary headers) => taken.Body.IsTooLarge
        ? [HookFormats.Faulty(headers, new EventFault($"it is larger than {taken.Hook.Options.MostBytes} bytes", "raise 'maxBytes' of the hook"))]
        : HookFormats.Read(taken.Hook.Options.Format, headers, taken.Body.Bytes);

    /// <summary>What names a delivery, however often it is sent; null: nothing does, and the versions of documents alone tell.</summary>
    private static string? NameOf(TakenDelivery taken, IHeaderDictionary headers, IReadOnlyList<HookEvent> events) =>
        taken.Body.IsTooLarge ? null
        : taken.Id ?? (headers[IdempotencyKey] is { Count: > 0 } given ? given.ToString()
            : taken.Hook.Options.Format == HookFormat.CloudEvents && events is [{ Id: { } own }] ? own
            : null);

    /// <exception cref="HttpProblem">The caller's key is not good for a namespace that is meant.</exception>
    private static void Require(Call call, IEnumerable<MappedEvent> mapped)
    {
        foreach (var one in mapped)
        {
            var @namespace = one switch
            {
                MappedEvent.Change change => change.Namespace ?? call.Namespace,
                MappedEvent.Poison poison => poison.Namespace,
                _ => null,
            };
            if (@namespace is not null && !call.Caller.MaySee(@namespace))
            {
                throw new HttpProblem(
                    StatusCodes.Status403Forbidden,
                    "access.scope",
                    $"the key '{call.Caller.Key}' is not good for the namespace '{@namespace}'",
                    "send another key, or have the hook's 'namespace' corrected");
            }
        }
    }

    private static Task AnswerAsync(Call call, Hook hook, HookTally tally, int ignored, bool isRepeated) => call.AnswerAsync(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("hook", hook.Name);
            json.WriteNumber("enqueued", tally.Enqueued);
            json.WriteNumber("outdated", tally.Changes.Outdated);
            json.WriteNumber("forgotten", tally.Forgotten);
            json.WriteNumber("ignored", ignored);
            json.WriteNumber("deadLetters", tally.Dead.Count);
            json.WriteBoolean("repeated", isRepeated);
            json.WriteEndObject();
        },
        tally.Enqueued > 0 || tally.Dead.Count > 0 ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
}

using Tidemark.Server.Http;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>The keys of the service, and what was done with them. Keys are made with the command line alone, so that no key makes another.</summary>
internal static class KeyRoutes
{
    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "keys", "listKeys", "The keys there are, without what opens.", AccessScope.Admin)
        {
            Reach = Reach.Store,
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var keys = await call.Index.Keys.ListAsync(call.Ended);
                await call.AnswerAsync(json => json.WriteArray(keys, AccessKeyJson.Write));
            },
        },
        new("DELETE", $"keys/{ServiceRoute.Rest}", "revokeKey", "Ends a key at once.", AccessScope.Admin)
        {
            Reach = Reach.Store,
            Handle = async call =>
            {
                var revoked = await call.Index.Keys.RevokeAsync(call.Id, call.Ended);
                await call.AnswerAsync(json => AccessKeyJson.Write(json, revoked));
            },
        },
        new("GET", "audit", "listAudit", "Who changed what, newest first.", AccessScope.Admin)
        {
            Reach = Reach.Store,
            Parameters = [CommonParameters.Limit],
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var entries = await call.Index.Audit.ListAsync(limit: call.Arguments.Integer("limit"), cancellationToken: call.Ended);
                await call.AnswerAsync(json => json.WriteArray(entries, AuditEntryJson.Write));
            },
        },
    ];
}

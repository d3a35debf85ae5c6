using Tidemark.Server.Content;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>What was forgotten, and is kept from coming back: to be kept elsewhere, given to a store that was restored, and ended.</summary>
internal static class ForgottenRoutes
{
    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "forgotten", "exportForgotten", "What was forgotten, by hash, one object a line: to be kept apart from backups.", AccessScope.Admin)
        {
            Answer = "The namespace and the salt of the hashes first, then one line for each name.",
            AnswerType = JsonLines.MediaType,
            Schema = "Text",
            Handle = ExportAsync,
        },
        new("POST", "forgotten", "reapplyForgotten", "Forgets in a restored store what was forgotten since its backup.", AccessScope.Admin)
        {
            Body = RequestBody.Lines,
            IsOperation = true,
            Handle = ReapplyAsync,
        },
        new("DELETE", "forgotten", "liftForgotten", "Lets what was forgotten come back with the next sync that lists it.", AccessScope.Admin)
        {
            Parameters = [CommonParameters.Document, LifecycleRoutes.SourceId],
            Handle = async call =>
            {
                var (scope, id) = LifecycleRoutes.MeantOf(call);
                await call.Index.LiftAsync(scope, id, call.Namespace, call.Ended);
                await call.AnswerAsync(json => SuppressionJson.WriteLifted(json, scope, id));
            },
        },
    ];

    private static async Task ExportAsync(Call call)
    {
        var (secret, forgotten) = await call.Index.ForgottenAsync(call.Namespace, call.Ended);
        var lines = SuppressionJson.Lines(call.Namespace, secret, forgotten);
        call.Context.Response.ContentType = JsonLines.MediaType;
        foreach (var line in lines)
        {
            await JsonLines.WriteAsync(call, line);
        }
    }

    private static async Task ReapplyAsync(Call call)
    {
        var (@namespace, salt, forgotten) = await TidemarkIndex.ReadForgottenAsync(JsonLines.BodyOf(call), call.Ended);
        if (@namespace != call.Namespace)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the list is of the namespace '{@namespace}', not of '{call.Namespace}'",
                $"send it with 'namespace={@namespace}': what it names is forgotten where it was");
        }

        await call.RunAsync("forget", async (_, cancellationToken) =>
        {
            var receipts = await call.Index.ReapplyAsync(salt, forgotten, LifecycleRoutes.OptionsOf(call), cancellationToken);
            var (secret, _) = await call.Index.ForgottenAsync(call.Namespace, cancellationToken);
            return json => SuppressionJson.WriteReapplied(json, forgotten.Count, receipts, secret);
        });
    }
}

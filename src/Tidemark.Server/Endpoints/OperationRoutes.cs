using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Server.Problems;
using Tidemark.Serving;

namespace Tidemark.Server.Endpoints;

/// <summary>What was begun and goes on.</summary>
internal static class OperationRoutes
{
    private static readonly Parameter Operation = Parameter.Text("operation", "The id of an operation.");

    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "operations", "listOperations", "What this server does and did last, newest first.", AccessScope.Read)
        {
            Reach = Reach.Own,
            Schema = Schemas.Array,
            Handle = call => call.AnswerAsync(json => json.WriteArray(
                call.Service.Operations.All.Where(operation => call.Caller.MaySee(operation.Namespace)), OperationJson.Write)),
        },
        new("GET", $"operations/{ServiceRoute.Rest}", "getOperation", "How an operation stands, and its result.", AccessScope.Read)
        {
            Reach = Reach.Own,
            Schema = "Operation",
            Handle = call => call.AnswerAsync(json => OperationJson.Write(json, Find(call, call.Id))),
        },
        new("GET", "events", "watchOperation", "The same as it goes on, as server-sent events.", AccessScope.Read)
        {
            Reach = Reach.Own,
            Parameters = [Operation.Required()],
            AnswerType = "text/event-stream",
            IsUnlimited = true,
            Handle = call => OperationEvents.StreamAsync(call, Find(call, call.Arguments.Required("operation"))),
        },
    ];

    private static Operation Find(Call call, string id) =>
        call.Service.Operations.Find(id) is { } operation && call.Caller.MaySee(operation.Namespace) ? operation : throw new HttpProblem(
            Microsoft.AspNetCore.Http.StatusCodes.Status404NotFound,
            "operation.missing",
            $"there is no operation '{id}'",
            "GET operations lists those of this server since its start; GET runs lists what was done by all");
}

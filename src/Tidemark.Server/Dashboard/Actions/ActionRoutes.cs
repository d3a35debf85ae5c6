using Microsoft.AspNetCore.Http;
using Tidemark.Server.Dashboard.Pages;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Actions;

/// <summary>Each action twice: asked for, it says what would happen; sent as a form of that page, it is done.</summary>
internal static class ActionRoutes
{
    /// <summary>What ends within this is shown at once as ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static IEnumerable<ServiceRoute> All =>
        ((IEnumerable<DashboardAction>)[.. RunActions.All, .. QueueActions.All, .. MigrationActions.All, .. LifecycleActions.All])
        .SelectMany(action => (IEnumerable<ServiceRoute>)[Ask(action), Do(action)]);

    public static string PathOf(string verb) => $"act/{verb}";

    private static ServiceRoute Ask(DashboardAction action) => Route("GET", action, $"ask {action.Verb}", async call =>
    {
        var confirmation = await action.Describe(call, call.Arguments);
        var given = action.Parameters.Select(one => (one.Name, Value: call.Arguments.Text(one.Name)))
            .Where(one => one.Value is not null && confirmation.Asks.All(ask => ask.Name != one.Name))
            .Select(one => (one.Name, one.Value!)).ToList();
        await PageWriter.WriteAsync<ConfirmPage, ConfirmModel>(
            call.Context,
            PageFrame.Of(call, PathOf(action.Verb), confirmation.Title),
            new ConfirmModel(confirmation, PageForm.TokenFor(call.Context), given));
    }) with
    { Parameters = action.Parameters };

    private static ServiceRoute Do(DashboardAction action) => Route("POST", action, action.Verb, async call =>
    {
        var form = await PageForm.ReadAsync(call.Context, action.Parameters, call.Ended);
        var operation = call.Service.Operations.Start(
            action.Verb, call.Namespace, (running, cancellationToken) => action.Act(call, form, running, cancellationToken));
        await Task.WhenAny(operation.Ended, Task.Delay(Patience, call.Service.Clock, call.Ended));
        call.Context.Response.StatusCode = StatusCodes.Status303SeeOther;
        call.Context.Response.Headers.Location = PageFrame.Of(call, PathOf(action.Verb), "").To("operation", ("id", operation.Id));
    });

    private static ServiceRoute Route(string method, DashboardAction action, string name, Func<Call, Task> handle) =>
        new(method, PathOf(action.Verb), name, $"'{action.Verb}' from a page.", action.Scope)
        {
            AnswerType = "text/html",
            Refuse = (context, failure) => PageRefusal.WriteAsync(context, PathOf(action.Verb), failure),
            Handle = handle,
        };
}

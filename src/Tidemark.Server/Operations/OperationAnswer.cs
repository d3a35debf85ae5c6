using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Http;

namespace Tidemark.Server.Operations;

/// <summary>Begins an operation and answers: with its result where the caller waits for that and it comes in time, else with where it stands.</summary>
internal static class OperationAnswer
{
    public static Task RunAsync<T>(this Call call, string name, Func<Operation, CancellationToken, Task<T>> work)
        where T : class => call.RunAsync(name, async (operation, cancellationToken) => ResultText.Of(await work(operation, cancellationToken)));

    public static async Task RunAsync(this Call call, string name, Func<Operation, CancellationToken, Task<Action<Utf8JsonWriter>>> work)
    {
        var operation = call.Service.Operations.Start(name, call.Namespace, work);
        try
        {
            await operation.Ended.WaitAsync(call.Patience ?? TimeSpan.Zero, call.Service.Clock, call.Ended);
        }
        catch (TimeoutException)
        {
            call.Context.Response.Headers.Location = call.LinkTo($"operations/{operation.Id}");
            await call.AnswerAsync(json => OperationJson.Write(json, operation), StatusCodes.Status202Accepted);
            return;
        }

        if (operation.End!.Failure is { } failure)
        {
            throw failure;
        }

        await call.AnswerAsync(operation.End.Result!);
    }
}

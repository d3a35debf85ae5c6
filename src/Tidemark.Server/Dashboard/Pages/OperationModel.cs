using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>Something that was begun here, as it goes on and as it ended.</summary>
/// <param name="Result">JSON; null: there is none.</param>
internal sealed record OperationModel(Operation Operation, string? Result)
{
    public static Task<OperationModel> ReadAsync(Call call)
    {
        var id = call.Arguments.Required("id");
        return call.Service.Operations.Find(id) is { } operation && call.Caller.MaySee(operation.Namespace)
            ? Task.FromResult(new OperationModel(operation, operation.End?.Result is { } write ? TextOf(write) : null))
            : throw new HttpProblem(
                StatusCodes.Status404NotFound,
                "operation.missing",
                $"there is no operation '{id}' of this server since its start",
                "the page 'Runs' lists what was done");
    }

    public static string ToneOf(Operation operation) => operation.End switch
    {
        null => "busy",
        { Failure: null } => "good",
        _ => "bad",
    };

    private static string TextOf(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        ServiceJson.Write(text, write);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidemark.Wire;

/// <summary>Writes a result by the class that knows its shape.</summary>
internal sealed class ResultConverter<T>(Action<Utf8JsonWriter, T> write) : JsonConverter<T>
    where T : class
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"a '{typeof(T).Name}' is written only: it says what was done, and is not read back");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
}

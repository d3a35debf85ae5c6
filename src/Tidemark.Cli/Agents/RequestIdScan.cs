using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Tidemark.Cli.Agents;

/// <summary>
/// Finds the <c>id</c> of a message that is too long to be kept, or damaged, so that whoever waits for its answer gets one. Reads bytes as
/// they come and keeps none but those of the id.
/// </summary>
internal sealed class RequestIdScan
{
    private const int MostBytes = 256;

    private readonly List<byte> _key = new(4);
    private readonly List<byte> _value = new(32);
    private int _depth;
    private bool _isString;
    private bool _isEscaped;
    private Place _place;

    /// <summary>Null where there is none yet, or it is no text or whole number.</summary>
    public RequestId? Id { get; private set; }

    public void Read(ReadOnlySpan<byte> utf8)
    {
        foreach (var sign in utf8)
        {
            if (_isString)
            {
                ReadInString(sign);
            }
            else
            {
                Read(sign);
            }
        }
    }

    private void ReadInString(byte sign)
    {
        Keep(sign);
        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (sign == '\\')
        {
            _isEscaped = true;
        }
        else if (sign == '"')
        {
            _isString = false;
            _place = _place == Place.Key ? Place.AfterKey : _place;
        }
    }

    private void Read(byte sign)
    {
        switch ((char)sign)
        {
            case '"':
                _place = _depth == 1 && _place == Place.BeforeKey ? Place.Key : _place;
                _isString = true;
                Keep(sign);
                break;
            case ':' when _depth == 1 && _place == Place.AfterKey:
                _place = _key is [(byte)'"', (byte)'i', (byte)'d', (byte)'"'] ? Place.Id : Place.Other;
                break;
            case '{' or '[':
                _depth++;
                _place = _depth == 1 && sign == '{' ? Place.BeforeKey : _place;
                Keep(sign);
                break;
            case ',' when _depth == 1:
                End(Place.BeforeKey);
                break;
            case '}' or ']':
                _depth--;
                if (_depth == 0)
                {
                    End(Place.Other);
                }

                break;
            default:
                Keep(sign);
                break;
        }
    }

    private void Keep(byte sign)
    {
        var kept = _place switch
        {
            Place.Key => _key,
            Place.Id => _value,
            _ => null,
        };
        if (kept is { Count: < MostBytes })
        {
            kept.Add(sign);
        }
    }

    private void End(Place next)
    {
        Id = _place == Place.Id ? Parse(_value.ToArray()) : Id;
        _place = next;
        _key.Clear();
        _value.Clear();
    }

    private static RequestId? Parse(ReadOnlySpan<byte> value)
    {
        try
        {
            var reader = new Utf8JsonReader(value);
            reader.Read();
            return reader.TokenType == JsonTokenType.String ? new RequestId(reader.GetString()!)
                : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? new RequestId(number)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private enum Place
    {
        Other,
        BeforeKey,
        Key,
        AfterKey,
        Id,
    }
}

using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chitti.Domain;
using DbUp.Engine;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// Brings over the data of files and reports that release 0.1.0 kept in grain state. Generates plain SQL, which the migration
/// engine runs in one transaction with its journal entry.
/// </summary>
internal sealed class GrainStates : IScript
{
    // The migration engine splits a script at lines with a single semicolon.
    private const string Separator = "\n;\n";

    public string ProvideScript(Func<IDbCommand> dbCommandFactory)
    {
        var queued = ReadQueued(dbCommandFactory);
        var statements = new List<string>();
        using (var command = dbCommandFactory())
        {
            command.CommandText = """
                SELECT GrainTypeString, GrainIdN0, GrainIdN1, CAST(PayloadBinary AS TEXT) FROM OrleansStorage
                WHERE GrainTypeString IN ('file', 'report') AND PayloadBinary IS NOT NULL
                """;
            using var row = (DbDataReader)command.ExecuteReader();
            while (row.Read())
            {
                var (type, id) = (row.GetString(0), IdOf(row.GetInt64(1), row.GetInt64(2)));
                if (type == "file" && !queued.Contains(id))
                {
                    continue;
                }

                try
                {
                    var state = JsonNode.Parse(row.GetString(3))!.AsObject();
                    statements.AddRange(type == "file" ? OfFile(id, state) : OfReport(id, state));
                }
                catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
                {
                    throw new InvalidOperationException($"The grain state of {type} {id} can't be read: {exception.Message}", exception);
                }
            }
        }

        statements.Add("DELETE FROM OrleansStorage WHERE GrainTypeString IN ('file', 'report')");
        return string.Join(Separator, statements);
    }

    private static HashSet<Guid> ReadQueued(Func<IDbCommand> dbCommandFactory)
    {
        using var command = dbCommandFactory();
        command.CommandText = "SELECT id FROM files WHERE state = 'queued'";
        using var row = command.ExecuteReader();
        var ids = new HashSet<Guid>();
        while (row.Read())
        {
            ids.Add(Guid.Parse(row.GetString(0)));
        }

        return ids;
    }

    /// <summary>
    /// For a file whose row is queued. 0.1.0 wrote the grain state before the row, so if the process died in between, the row is
    /// brought up to the state.
    /// </summary>
    private static IEnumerable<string> OfFile(Guid id, JsonObject state)
    {
        var key = Text(id.ToString("D"));
        switch ((string?)state["status"])
        {
            case "completed":
                var inspection = ToApi<Inspection>(state["inspection"]).Rounded();
                var inspectionKey = Text(inspection.Id!.Value.ToString("D"));
                yield return $"""
                    INSERT INTO inspections (id, file_id, verdict, document, created_at)
                    VALUES ({inspectionKey}, {key}, {Text(ApiJson.Word(inspection.Verdict))}, {Text(InspectionJson.Write(inspection))},
                        {Time(inspection.CreatedAt)})
                    ON CONFLICT DO NOTHING
                    """;
                foreach (var name in InspectionJson.Classes(inspection))
                {
                    yield return $"""
                        INSERT INTO inspection_classes (class, file_id) SELECT {Text(name)}, file_id FROM inspections WHERE id = {inspectionKey}
                        ON CONFLICT DO NOTHING
                        """;
                }

                yield return $"""
                    UPDATE files SET state = 'completed', completed_at = {Time(state["completedAt"])}, inspection_id = i.id, verdict = i.verdict
                    FROM inspections i WHERE files.id = {key} AND i.file_id = {key}
                    """;
                yield return $"DELETE FROM work WHERE id = {key}";
                break;
            case "failed":
                yield return $"""
                    UPDATE files SET state = 'failed', error = {Text((string?)state["error"])}, completed_at = {Time(state["completedAt"])}
                    WHERE id = {key}
                    """;
                yield return $"DELETE FROM work WHERE id = {key}";
                break;
            default:
                if ((int?)state["failures"] is > 0 and var failures)
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"UPDATE work SET attempts = {failures} WHERE id = {key}");
                }

                break;
        }
    }

    /// <summary>A report without a request was never accepted, because the process died before it answered the caller.</summary>
    private static IEnumerable<string> OfReport(Guid id, JsonObject state)
    {
        if (state["request"] is null)
        {
            yield break;
        }

        var (key, status, created) = (Text(id.ToString("D")), (string?)state["status"] ?? "queued", Time(state["createdAt"]));
        yield return $"""
            INSERT INTO reports (id, request, state, error, object_key, created_at, completed_at)
            VALUES ({key}, {Text(ReportColumns.WriteRequest(ToApi<ReportRequest>(state["request"])))}, {Text(status)},
                {Text((string?)state["error"])}, {Text((string?)state["objectKey"])}, {created}, {Time(state["completedAt"])})
            """;
        if (status == "queued")
        {
            yield return $"""
                INSERT INTO work (id, kind, attempts, due_at, stuck, dead_letter) VALUES ({key}, 'report', 0, {created}, 0, 0)
                """;
        }
    }

    /// <summary>Converts the camel-case names of grain state to the API's names, which are stored now.</summary>
    private static T ToApi<T>(JsonNode? node) =>
        Rename(node).Deserialize<T>(ApiJson.Options) ?? throw new JsonException($"There is no {typeof(T).Name}.");

    private static JsonNode? Rename(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Key), Rename(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Rename)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Orleans stores the bytes of a GUID as two 64-bit numbers.</summary>
    private static Guid IdOf(long n0, long n1) => new([.. BitConverter.GetBytes(n0), .. BitConverter.GetBytes(n1)]);

    private static string Time(JsonNode? node) => node is null ? "NULL" : Time(node.GetValue<DateTimeOffset>());

    private static string Time(DateTimeOffset time) => SqliteValue.Of(time).ToString(CultureInfo.InvariantCulture);

    /// <summary>A text literal in hexadecimal, safe from SQL injection and from the substitutions of the migration engine.</summary>
    private static string Text(string? value) => value is null ? "NULL" : $"CAST(X'{Convert.ToHexString(Encoding.UTF8.GetBytes(value))}' AS TEXT)";
}

package files

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// CSV is rows as comma-separated text with decimal points: a column for each field, named as in Parquet. What is not a number is empty.
func CSV[R any](rows []R) ([]byte, error) {
	t := reflect.TypeFor[R]()
	head, fields := make([]string, t.NumField()), make([]string, t.NumField())
	for i := range head {
		head[i], _, _ = strings.Cut(t.Field(i).Tag.Get("parquet"), ",")
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(head) // writing to memory does not fail
	for r := range rows {
		v := reflect.ValueOf(&rows[r]).Elem()
		for i := range fields {
			x, err := field(v.Field(i))
			if err != nil {
				return nil, fmt.Errorf("column %s: %w", head[i], err)
			}
			fields[i] = x
		}
		_ = w.Write(fields)
	}
	w.Flush()
	return b.Bytes(), nil
}

func field(v reflect.Value) (string, error) {
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Float64:
		if x := v.Float(); !math.IsNaN(x) && !math.IsInf(x, 0) {
			return strconv.FormatFloat(x, 'g', -1, 64), nil
		}
		return "", nil
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	case reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), nil
	}
	return "", fmt.Errorf("a %s cannot be written", v.Kind())
}

#!/bin/sh
# Everything from the data folders: DATA (gold/, unlabelled/), ENCODER (all-MiniLM-L6-v2), SCORER (score.py), OUT (checkpoints).
# Run from the repository's root, in an environment with training/requirements.txt. SEED and FORM have defaults; EPOCHS are the passes
# of the three schedules: gold (with our own annotations), then silver with gold, then gold. What is done already is not done again. FAST is the quick model's folder.
set -eu
: "${DATA:?folder with gold/ and unlabelled/}" "${ENCODER:?folder with vocab.txt and model.safetensors}" "${SCORER:?score.py}"
OUT=${OUT:-build/reader} MODEL=${MODEL:-kg/extract/model} FAST=${FAST:-kg/extract/model_fast} SEED=${SEED:-1} SILVER=${SILVER:-7500}
set -- ${EPOCHS:-5 1 5}
GOLD=$DATA/gold/train.jsonl DEV=$DATA/gold/dev.jsonl ALL=$OUT/all.jsonl
export PYTHONPATH=.:training OPENBLAS_NUM_THREADS=1

train() { # name, gold, start, passes, options
  name=$1 gold=$2 start=$3 passes=$4; shift 4
  [ -f "$OUT/$name/average.pt" ] || python training/train.py --gold "$gold" --encoder "$start" --out "$OUT/$name" --epochs "$passes" --seed "$SEED" "$@"
}
narrow() { # run, name, options
  name=$2 run=$1; shift 2
  [ -f "$OUT/$name/average.pt" ] || python training/narrow.py --run "$OUT/$run" --gold "$GOLD" --out "$OUT/$name" --inner 1024 "$@"
}
package() { # run, folder of the model, options of the calibration
  name=$1 model=$2; shift 2
  python training/export.py --weights "$OUT/$name/average.pt" --encoder "$ENCODER" --out "$model" --form "${FORM:-int8}" \
    --texts "$GOLD" "$DATA"/unlabelled/*.jsonl.gz
  python training/terms.py --gold "$ALL" --out "$model/terms.json"
  [ "$model" != "$MODEL" ] || python training/merge.py --gold "$GOLD" --out "$model/merge.json" --model "$model"
  python training/calibrate.py --gold "$GOLD" --model "$model" "$@"
}
figures() { # folder of the model, name
  python training/evaluate.py --gold "$DEV" --out "$OUT/$2.predicted.jsonl" --model "$1"
  python "$SCORER" "$DEV" "$OUT/$2.predicted.jsonl"
}

mkdir -p "$OUT"
[ -f "$ALL" ] || {
  python training/standoff.py join training/annotations/*.jsonl --texts "$DATA"/unlabelled/*.jsonl.gz > "$OUT/own.jsonl"
  cat "$GOLD" "$OUT/own.jsonl" > "$ALL.part" && mv "$ALL.part" "$ALL"
}
train first "$ALL" "$ENCODER" "$1" --rate 2.5e-4 --average 0.995
[ -f "$OUT/mixed.jsonl" ] || {
  package first "$OUT/teacher"
  python training/silver.py --texts "$DATA"/unlabelled/*.jsonl.gz --not-in "$ALL" "$DEV" --model "$OUT/teacher" --out "$OUT/silver.jsonl" --count "$SILVER"
  cat "$OUT/silver.jsonl" "$ALL" > "$OUT/mixed.part" && mv "$OUT/mixed.part" "$OUT/mixed.jsonl"
}
narrow first narrow
train second "$OUT/mixed.jsonl" "$OUT/narrow" "$2" --rate 2e-4 --head-rate 6e-4 --average 0.995
train third "$ALL" "$OUT/second" "$3" --rate 1.5e-4 --head-rate 6e-4 --average 0.995
python training/soup.py --of "$OUT/second" "$OUT/third" --out "$OUT/soup"
package soup "$MODEL" --term-weight 0.2
figures "$MODEL" dev

[ -f "$OUT/mixed-fast.jsonl" ] || {
  head -n $((SILVER * 4 / 5)) "$OUT/silver.jsonl" | cat - "$ALL" > "$OUT/mixed.part" && mv "$OUT/mixed.part" "$OUT/mixed-fast.jsonl"
}
narrow third narrow-fast --layers 0 1 2 --full 1
train fast "$OUT/mixed-fast.jsonl" "$OUT/narrow-fast" 1 --rate 3e-4 --head-rate 8e-4 --average 0.995
package fast "$FAST"
figures "$FAST" dev-fast
